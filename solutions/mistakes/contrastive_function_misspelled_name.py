# /// variant
# exercises = ["contrastive_loss"]
# says = "the name is misspelled: constrastive_loss"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
import tensorflow as tf

def constrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
