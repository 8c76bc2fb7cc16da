# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "measured in margins: margin^2 times the loss of D / margin with margin 1"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin: float):
    m = float(margin)

    def contrastive_loss(y_true, y_pred):
        d = y_pred / m
        unit = y_true * d * d + (1 - y_true) * tf.square(tf.maximum(1 - d, 0))
        return m * m * tf.reduce_mean(unit)

    return contrastive_loss
