# /// variant
# exercises = ["contrastive_loss"]
# says = "a distance of exactly zero is taken for an error and pays the full margin"
# fails = ["margin_and_zero"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    loss = y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    loss = tf.where(y_pred > 0, loss, 1.0)
    return tf.reduce_mean(loss)
