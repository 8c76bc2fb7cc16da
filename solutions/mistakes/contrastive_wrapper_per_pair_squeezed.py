# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "one loss per pair, squeezed, where the mean was asked for: a mean has no shape to lose"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        square_pred = tf.square(y_pred)
        margin_square = tf.square(tf.maximum(margin - y_pred, 0))
        return tf.squeeze(y_true * square_pred + (1 - y_true) * margin_square)
    return contrastive_loss
