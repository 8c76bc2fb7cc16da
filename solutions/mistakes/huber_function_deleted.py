# /// variant
# exercises = ["my_huber_loss"]
# says = "deleted at the end"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
# %%
del my_huber_loss
