# /// variant
# exercises = ["contrastive_loss"]
# says = "another loss under the name: binary cross-entropy of the distance"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    p = tf.clip_by_value(tf.exp(-y_pred), 1e-6, 1 - 1e-6)
    return -K.mean(y_true * tf.math.log(p) + (1 - y_true) * tf.math.log(1 - p))
