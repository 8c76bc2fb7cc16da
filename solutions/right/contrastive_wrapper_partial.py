# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "returns a functools.partial with the margin as a keyword"
# ///
import functools
import tensorflow as tf

def _loss(y_true, y_pred, *, margin):
    return tf.reduce_mean(
        y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0))
    )

def contrastive_loss_with_margin(margin):
    return functools.partial(_loss, margin=margin)
