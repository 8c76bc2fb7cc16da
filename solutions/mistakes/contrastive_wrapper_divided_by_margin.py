# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the hinge is measured in margins: max(1 - D / margin, 0)"
# fails = ["dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        hinge = tf.nn.relu(1.0 - y_pred / margin)
        return tf.reduce_mean(y_true * y_pred ** 2 + (1 - y_true) * hinge ** 2)
    return loss
