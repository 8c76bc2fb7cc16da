# /// variant
# exercises = ["my_huber_loss"]
# says = "three regions instead of two, one for each sign of a large error"
# ///
import tensorflow as tf

THRESHOLD = 1.0

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    too_high = error > THRESHOLD
    too_low = error < -THRESHOLD
    loss = tf.square(error) / 2
    loss = tf.where(too_high, THRESHOLD * (error - THRESHOLD / 2), loss)
    loss = tf.where(too_low, THRESHOLD * (-error - THRESHOLD / 2), loss)
    return loss
