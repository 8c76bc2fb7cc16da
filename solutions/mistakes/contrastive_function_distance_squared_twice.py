# /// variant
# exercises = ["contrastive_loss"]
# says = "the distance of similar pairs is squared twice"
# fails = ["similar_pairs"]
# diagnosis = "distance-squared-twice"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    square_pred = tf.square(y_pred)
    pull = y_true * tf.square(square_pred)
    push = (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean(pull + push)
