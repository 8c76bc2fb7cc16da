# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the paper's own convention: Y = 0 for similar pairs, and halves"
# fails = ["labels"]
# diagnosis = "paper-convention"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        return tf.reduce_mean((1 - y_true) * tf.square(y_pred) / 2 + y_true * tf.square(tf.maximum(margin - y_pred, 0)) / 2)
    return loss
