# /// variant
# exercises = ["my_huber_loss"]
# says = "the name is rebound to a number in a later cell"
# passes = []
# status = "broken"
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
# %%
my_huber_loss = 0.125
