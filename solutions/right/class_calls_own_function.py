# /// variant
# exercises = ["my_huber_loss_with_threshold", "MyHuberLoss"]
# says = "the class calls the student's own wrapper at each call"
# ///
import tensorflow as tf
import tensorflow.keras as k

def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred):
        error = y_true - y_pred
        small = 0.5 * tf.square(error)
        large = threshold * (tf.abs(error) - 0.5 * threshold)
        return tf.where(tf.abs(error) <= threshold, small, large)
    return huber

class MyHuberLoss(k.losses.Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return my_huber_loss_with_threshold(self.threshold)(y_true, y_pred)
