# /// variant
# exercises = ["contrastive_loss"]
# says = "one of the two factors of the hinge is held by stop_gradient"
# fails = ["gradient"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    hinge = tf.maximum(1 - y_pred, 0)
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * hinge * tf.stop_gradient(hinge))
