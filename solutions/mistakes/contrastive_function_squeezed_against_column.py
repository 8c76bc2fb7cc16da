# /// variant
# exercises = ["contrastive_loss"]
# says = "y_pred is squeezed, y_true is not: each label meets each distance"
# fails = ["training", "reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    y_pred = tf.squeeze(y_pred)
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
