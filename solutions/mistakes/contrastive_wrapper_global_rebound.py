# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the margin is kept in a global that the next loss overwrites"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

m = 1.0

def contrastive_loss_with_margin(margin):
    global m
    m = margin
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(m - y_pred, 0)))
    return loss
