# /// variant
# exercises = ["contrastive_loss"]
# says = "Python's max, which wants one answer where a tensor has many"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    square_pred = tf.square(y_pred)
    margin_square = tf.square(max(1 - y_pred, 0))
    return tf.reduce_mean(y_true * square_pred + (1 - y_true) * margin_square)
