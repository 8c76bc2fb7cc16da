# /// variant
# exercises = ["contrastive_loss"]
# says = "distances beyond twice the margin are cut down to it, which is felt by similar pairs alone"
# fails = ["similar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    d = tf.clip_by_value(y_pred, 0.0, 2.0)
    return tf.reduce_mean(y_true * tf.square(d) + (1 - y_true) * tf.square(tf.maximum(1 - d, 0)))
