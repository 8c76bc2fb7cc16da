# /// variant
# exercises = ["contrastive_loss"]
# says = "squares by exp(2 log D), whose gradient at zero is not a number"
# fails = ["gradient_at_zero"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    squared = tf.exp(2 * tf.math.log(y_pred))
    return tf.reduce_mean(y_true * squared + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
