# /// variant
# exercises = ["contrastive_loss"]
# says = "two mistakes: an extra half, and one loss per pair"
# fails = ["scale", "reduction"]
# diagnosis = "halved"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return 0.5 * (y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
