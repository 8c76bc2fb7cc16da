# /// variant
# exercises = ["contrastive_loss"]
# says = "an extra factor one half"
# fails = ["scale"]
# diagnosis = "halved"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    pull = y_true * tf.square(y_pred)
    push = (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    return 0.5 * tf.reduce_mean(pull + push)
