# /// variant
# exercises = ["ContrastiveLoss"]
# says = "a wrapper stands under the name of the class"
# fails = ["subclass"]
# diagnosis = ""
# ///
import tensorflow as tf

def ContrastiveLoss(margin=1.0):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0)))
    return loss
