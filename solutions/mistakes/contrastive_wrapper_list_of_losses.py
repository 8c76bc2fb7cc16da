# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "returns the loss inside a list"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0)))
    return [loss]
