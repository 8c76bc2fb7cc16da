# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the inner function is never returned"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0)))
