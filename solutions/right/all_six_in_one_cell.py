# /// variant
# exercises = ["my_huber_loss", "my_huber_loss_with_threshold", "MyHuberLoss", "contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "all six in one cell, tf only"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= threshold
        return tf.where(is_small_error, tf.square(error) / 2, threshold * (tf.abs(error) - 0.5 * threshold))
    return my_huber_loss

def my_huber_loss(y_true, y_pred):
    return my_huber_loss_with_threshold(1)(y_true, y_pred)

class MyHuberLoss(Loss):
    def __init__(self, threshold=1):
        super().__init__()
        self.threshold = threshold
    def call(self, y_true, y_pred):
        return my_huber_loss_with_threshold(self.threshold)(y_true, y_pred)

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        square_pred = tf.square(y_pred)
        margin_square = tf.square(tf.maximum(margin - y_pred, 0))
        return tf.reduce_mean(y_true * square_pred + (1 - y_true) * margin_square)
    return contrastive_loss

def contrastive_loss(y_true, y_pred):
    return contrastive_loss_with_margin(1)(y_true, y_pred)

class ContrastiveLoss(Loss):
    def __init__(self, margin=1):
        super().__init__()
        self.margin = margin
    def call(self, y_true, y_pred):
        return contrastive_loss_with_margin(self.margin)(y_true, y_pred)
