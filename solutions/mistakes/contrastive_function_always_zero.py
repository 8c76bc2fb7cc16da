# /// variant
# exercises = ["contrastive_loss"]
# says = "zero for every pair"
# passes = []
# # Pairs beyond the margin do cost nothing.
# may_fail = ["beyond_margin"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(0.0 * y_true * y_pred)
