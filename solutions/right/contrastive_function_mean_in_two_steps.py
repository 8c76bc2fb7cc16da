# /// variant
# exercises = ["contrastive_loss"]
# says = "the mean by a dot product over flattened pairs"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    y = tf.reshape(y_true, [-1])
    d = tf.reshape(y_pred, [-1])
    pairs = tf.cast(tf.shape(d)[0], d.dtype)
    similar = tf.tensordot(y, tf.square(d), axes=1)
    hinge = tf.square(tf.maximum(1.0 - d, 0.0))
    return (similar + tf.tensordot(1.0 - y, hinge, axes=1)) / pairs
