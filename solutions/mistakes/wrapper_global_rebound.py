# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the threshold is kept in a global: the loss made last changes those made before"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

current = 1

def huber(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= current
    return tf.where(is_small_error, tf.square(error) / 2, current * (tf.abs(error) - 0.5 * current))

def my_huber_loss_with_threshold(threshold):
    global current
    current = threshold
    return huber
