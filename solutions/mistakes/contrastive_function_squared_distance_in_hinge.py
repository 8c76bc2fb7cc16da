# /// variant
# exercises = ["contrastive_loss"]
# says = "max(margin - D^2, 0): the squared distance stands in the hinge"
# fails = ["dissimilar_pairs"]
# diagnosis = "square-before-max"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    squared = tf.square(y_pred)
    return tf.reduce_mean(y_true * squared + (1 - y_true) * tf.maximum(1 - squared, 0))
