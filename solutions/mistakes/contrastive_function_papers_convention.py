# /// variant
# exercises = ["contrastive_loss"]
# says = "the paper's own convention: Y = 0 for similar pairs, and halves"
# fails = ["labels"]
# diagnosis = "paper-convention"
# ///
import tensorflow as tf

def contrastive_loss(Y, D):
    m = 1.0
    similar = (1 - Y) * 0.5 * tf.square(D)
    dissimilar = Y * 0.5 * tf.square(tf.maximum(0.0, m - D))
    return tf.reduce_mean(similar + dissimilar)
