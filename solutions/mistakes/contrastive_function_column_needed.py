# /// variant
# exercises = ["contrastive_loss"]
# says = "takes the first column: works for shape (n, 1) alone"
# fails = ["shapes"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    y = y_true[:, 0]
    d = y_pred[:, 0]
    return tf.reduce_mean(y * tf.square(d) + (1 - y) * tf.square(tf.maximum(1 - d, 0)))
