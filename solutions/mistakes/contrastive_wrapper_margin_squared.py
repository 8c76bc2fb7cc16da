# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the margin is squared before the distance is taken away"
# fails = ["exactly_as_given"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        hinge = tf.maximum(tf.square(float(margin)) - y_pred, 0)
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(hinge))
    return loss
