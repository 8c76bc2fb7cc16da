# /// variant
# exercises = ["my_huber_loss"]
# says = "the very first call gives another value than all later ones"
# fails = ["to_the_end"]
# diagnosis = ""
# ///
import tensorflow as tf

calls = []

def my_huber_loss(y_true, y_pred):
    calls.append(1)
    error = y_true - y_pred
    loss = tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    if len(calls) == 1:
        loss = loss * 10
    return loss
