# /// variant
# exercises = ["contrastive_loss"]
# says = "divides by len(y_pred), which a graph does not know"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    total = tf.reduce_sum(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
    return total / len(y_pred)
