# /// variant
# exercises = ["contrastive_loss"]
# says = "divides by y_pred.shape[0], which a graph does not know"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    batch_size = y_pred.shape[0]
    losses = y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_sum(losses) / batch_size
