# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "its argument is called m, and the course calls it margin"
# fails = ["keyword"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(m):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(m - y_pred, 0)))
    return loss
