# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "losses are kept by the whole number in their margin, so that neighbours share one"
# fails = ["exactly_as_given"]
# diagnosis = ""
# ///
import tensorflow as tf

_kept = {}

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        square_pred = tf.square(y_pred)
        margin_square = tf.square(tf.maximum(margin - y_pred, 0))
        return tf.reduce_mean(y_true * square_pred + (1 - y_true) * margin_square)
    return _kept.setdefault(int(margin), contrastive_loss)
