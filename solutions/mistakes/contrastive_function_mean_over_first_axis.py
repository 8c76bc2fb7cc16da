# /// variant
# exercises = ["contrastive_loss"]
# says = "the mean over the first axis keeps a shape of (1,)"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    loss = y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean(loss, axis=0)
