# /// variant
# exercises = ["my_huber_loss"]
# says = "three definitions of one name, the last one right"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    return tf.abs(y_true - y_pred)
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(error <= 1, tf.square(error), error)
# %% [markdown]
# That was wrong: the half was missing, and abs.
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
