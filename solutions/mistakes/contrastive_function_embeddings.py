# /// variant
# exercises = ["contrastive_loss"]
# says = "expects two embeddings side by side, where a distance is given"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    left, right = y_pred[:, 0], y_pred[:, 1]
    d = tf.norm(left - right, axis=-1)
    return tf.reduce_mean(y_true * tf.square(d) + (1 - y_true) * tf.square(tf.maximum(1 - d, 0)))
