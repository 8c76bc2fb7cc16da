# /// variant
# exercises = ["MyHuberLoss"]
# says = "a function that returns a function stands under the name of the class"
# fails = ["subclass", "reduction"]
# # Without Keras' own __call__ nothing takes the mean; that is the same mistake.
# diagnosis = ""
# ///
import tensorflow as tf

def MyHuberLoss(threshold=1.0):
    def loss(y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= threshold, e ** 2 / 2, threshold * (e - threshold / 2))
    return loss
