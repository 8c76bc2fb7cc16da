# /// variant
# exercises = ["contrastive_loss"]
# says = "a minus between the two terms"
# fails = ["dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    pull = y_true * tf.square(y_pred)
    push = (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean(pull - push)
