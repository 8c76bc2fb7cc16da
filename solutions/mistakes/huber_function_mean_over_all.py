# /// variant
# exercises = ["my_huber_loss"]
# says = "the mean over everything, where one loss per element was asked for"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras import backend as K

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    loss = tf.where(K.abs(error) <= 1, K.square(error) / 2, K.abs(error) - 0.5)
    return K.mean(loss)
