# /// variant
# exercises = ["contrastive_loss"]
# says = "stop_gradient on the distance: nothing to train with"
# fails = ["gradient"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    d = tf.stop_gradient(y_pred)
    return tf.reduce_mean(y_true * tf.square(d) + (1 - y_true) * tf.square(tf.maximum(1 - d, 0)))
