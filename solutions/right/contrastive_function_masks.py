# /// variant
# exercises = ["contrastive_loss"]
# says = "masks cast to float, both parts summed apart and divided by all pairs"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    n = tf.cast(tf.size(y_pred), tf.float32)
    similar = tf.cast(y_true > 0.5, tf.float32)
    near = tf.cast(y_pred < 1.0, tf.float32)
    pull = tf.reduce_sum(similar * y_pred ** 2)
    push = tf.reduce_sum((1.0 - similar) * near * (1.0 - y_pred) ** 2)
    return (pull + push) / n
