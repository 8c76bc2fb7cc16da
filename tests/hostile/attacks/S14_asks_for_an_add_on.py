# /// attack
# group = "S14"
# says = "takes the contrastive loss out of another package"
# expected.contrastive_loss = "not passed"
# ///
import tensorflow_addons as tfa


def contrastive_loss(y_true, y_pred):
    return tfa.losses.contrastive_loss(y_true, y_pred)
