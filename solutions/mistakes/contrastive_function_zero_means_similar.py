# /// variant
# exercises = ["contrastive_loss"]
# says = "reads label 0 as similar, with where"
# fails = ["labels"]
# diagnosis = "labels-swapped"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    is_similar = tf.equal(y_true, 0)
    hinge = tf.maximum(1.0 - y_pred, 0.0)
    return tf.reduce_mean(tf.where(is_similar, tf.square(y_pred), tf.square(hinge)))
