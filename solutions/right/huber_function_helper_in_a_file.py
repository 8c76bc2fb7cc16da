# /// variant
# exercises = ["my_huber_loss"]
# says = "a helper that a cell writes into a file, and the next one imports"
# ///
import tensorflow as tf
# %%
%%writefile helpers.py
import tensorflow as tf
import seaborn as sns

def half_square(e):
    return tf.square(e) / 2
# %%
from helpers import half_square

def my_huber_loss(y_true, y_pred):
    e = y_true - y_pred
    a = tf.abs(e)
    return tf.where(a <= 1, half_square(e), a - 0.5)
