# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "takes y_pred for a squared distance"
# fails = ["similar_pairs", "dissimilar_pairs"]
# # A root of zero has no finite slope, so this is a second thing that goes wrong by it.
# diagnosis = "distance-taken-as-squared"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        distance = tf.sqrt(y_pred)
        return tf.reduce_mean(y_true * y_pred + (1 - y_true) * tf.square(tf.maximum(margin - distance, 0)))
    return contrastive_loss
