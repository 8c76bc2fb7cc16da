# /// variant
# exercises = ["my_huber_loss"]
# says = "keras.backend.square, which Keras 3 no longer has"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from keras import backend as K

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(K.abs(error) <= 1, K.square(error) / 2, K.abs(error) - 0.5)
