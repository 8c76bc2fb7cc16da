# /// variant
# exercises = ["contrastive_loss"]
# says = "takes the label and two embeddings"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y, x1, x2, margin=1.0):
    d = tf.sqrt(tf.reduce_sum(tf.square(x1 - x2), axis=1))
    return tf.reduce_mean(y * tf.square(d) + (1 - y) * tf.square(tf.maximum(margin - d, 0)))
