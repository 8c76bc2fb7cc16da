# /// variant
# exercises = ["contrastive_loss"]
# says = "mean squared error as a building block: (y D + (1 - y) max(1 - D, 0)) against 0"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    chosen = tf.where(y_true > 0, y_pred, tf.maximum(1 - y_pred, 0))
    flat = tf.reshape(chosen, [-1])
    return tf.keras.losses.MSE(tf.zeros_like(flat), flat)
