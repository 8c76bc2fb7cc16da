# /// variant
# exercises = ["contrastive_loss"]
# says = "divided by 2 N, as some books write it"
# fails = ["scale"]
# diagnosis = "halved"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    n = tf.cast(tf.size(y_pred), tf.float32)
    losses = y_true * y_pred ** 2 + (1 - y_true) * tf.nn.relu(1 - y_pred) ** 2
    return tf.reduce_sum(losses) / (2 * n)
