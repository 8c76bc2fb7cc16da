# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "handed over to tensorflow_addons"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow_addons as tfa

def contrastive_loss_with_margin(margin):
    return tfa.losses.ContrastiveLoss(margin=margin)
