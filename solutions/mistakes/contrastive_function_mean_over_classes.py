# /// variant
# exercises = ["contrastive_loss"]
# says = "a mean over similar pairs plus a mean over dissimilar pairs: small classes weigh more"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    pull = tf.reduce_sum(y_true * tf.square(y_pred))
    push = tf.reduce_sum((1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
    similar = tf.reduce_sum(y_true)
    dissimilar = tf.reduce_sum(1 - y_true)
    return tf.math.divide_no_nan(pull, similar) + tf.math.divide_no_nan(push, dissimilar)
