# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "picks the two kinds of pairs with boolean_mask and divides by all of them"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        similar = tf.boolean_mask(y_pred, y_true == 1)
        dissimilar = tf.boolean_mask(y_pred, y_true != 1)
        total = tf.reduce_sum(tf.square(similar)) + tf.reduce_sum(
            tf.square(tf.maximum(margin - dissimilar, 0)))
        return total / tf.cast(tf.size(y_pred), tf.float32)
    return contrastive_loss
