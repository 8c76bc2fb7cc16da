# /// variant
# exercises = ["contrastive_loss"]
# says = "the hinge by its absolute value: max(x, 0) = (x + |x|) / 2"
# ///
import tensorflow as tf

def positive_part(x):
    return (x + tf.abs(x)) / 2

def contrastive_loss(y_true, y_pred, margin=1):
    """Mean contrastive loss of a batch of pairs."""
    loss = y_true * y_pred * y_pred + (1 - y_true) * positive_part(margin - y_pred) ** 2
    return tf.reduce_mean(loss)
