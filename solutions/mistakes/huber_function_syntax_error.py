# /// variant
# exercises = ["my_huber_loss"]
# says = "a bracket is never closed"
# passes = []
# status = "broken"
# diagnosis = ""
# ///
import tensorflow as tf
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = tf.abs(error <= 1
    return tf.where(is_small_error, tf.square(error) / 2, tf.abs(error) - 0.5)
