# /// variant
# exercises = ["contrastive_loss"]
# says = "where on the labels and where on the margin, no max"
# ///
import tensorflow as tf

MARGIN = 1.0

def contrastive_loss(y_true, y_pred):
    is_similar = tf.equal(y_true, 1)
    too_close = y_pred < MARGIN
    for_similar = tf.square(y_pred)
    for_dissimilar = tf.where(too_close, tf.square(MARGIN - y_pred), tf.zeros_like(y_pred))
    return tf.reduce_mean(tf.where(is_similar, for_similar, for_dissimilar))
