# /// variant
# exercises = ["contrastive_loss"]
# says = "tf.keras.backend by its full name, the sum divided by the size"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    losses = (y_true * tf.keras.backend.square(y_pred)
              + (1. - y_true) * tf.keras.backend.square(tf.keras.backend.maximum(1. - y_pred, 0.)))
    return tf.reduce_sum(losses) / tf.cast(tf.size(losses), tf.float32)
