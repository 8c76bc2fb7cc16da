# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "max(margin^2 - D^2, 0): squared before anything is subtracted"
# fails = ["dissimilar_pairs"]
# diagnosis = "square-before-max"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        squared_distance = tf.square(y_pred)
        hinge = tf.maximum(margin ** 2 - squared_distance, 0)
        return tf.reduce_mean(y_true * squared_distance + (1 - y_true) * hinge)
    return contrastive_loss
