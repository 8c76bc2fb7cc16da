# /// variant
# exercises = ["contrastive_loss"]
# says = "abs for max: too far is punished like too near"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    distance_to_margin = tf.abs(1.0 - y_pred)
    return tf.reduce_mean(y_true * y_pred**2 + (1.0 - y_true) * distance_to_margin**2)
