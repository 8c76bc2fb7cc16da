# /// variant
# exercises = ["contrastive_loss"]
# says = "takes the prediction for a similarity: (1 - s)^2 for similar pairs, s^2 for the others"
# fails = ["beyond_margin", "labels"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(1 - y_pred) + (1 - y_true) * tf.square(y_pred))
