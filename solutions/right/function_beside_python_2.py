# /// variant
# exercises = ["my_huber_loss"]
# says = "the imports stand in a cell with a print statement of Python 2"
# ///
import tensorflow as tf
import numpy as np
print "TensorFlow", tf.__version__

# %%
def my_huber_loss(y_true, y_pred):
    e = y_true - y_pred
    return tf.where(tf.abs(e) <= 1.0, tf.square(e) / 2, tf.abs(e) - 0.5)
