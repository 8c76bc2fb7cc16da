# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "max with 0 is missing"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(margin - y_pred))
    return loss
