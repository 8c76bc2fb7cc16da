# /// variant
# exercises = ["MyHuberLoss"]
# says = "the plain loss function stands under the name of the class"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def MyHuberLoss(y_true, y_pred, threshold=1.0):
    e = tf.abs(y_true - y_pred)
    return tf.where(e <= threshold, e ** 2 / 2, threshold * (e - threshold / 2))
