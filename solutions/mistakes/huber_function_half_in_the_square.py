# /// variant
# exercises = ["my_huber_loss"]
# says = "the half is squared with the error: (a / 2)^2"
# fails = ["small_errors"]
# diagnosis = "half-twice"
# ///
import tensorflow as tf
from tensorflow.keras import backend as K

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(K.abs(error) <= 1, K.square(error / 2), K.abs(error) - 0.5)
