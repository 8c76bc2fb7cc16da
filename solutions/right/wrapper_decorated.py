# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "a student's own decorator around the inner function"
# ///
import functools
import tensorflow as tf

def of_the_error(function):
    @functools.wraps(function)
    def loss(y_true, y_pred):
        return function(y_true - y_pred)
    return loss

def my_huber_loss_with_threshold(threshold):
    @of_the_error
    def my_huber_loss(error):
        size = tf.abs(error)
        return tf.where(size <= threshold, tf.pow(size, 2) / 2, threshold * size - tf.pow(float(threshold), 2) / 2)
    return my_huber_loss
