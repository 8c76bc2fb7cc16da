# /// variant
# exercises = ["my_huber_loss"]
# says = "the backend K of tensorflow.keras, with K.switch left out"
# ///
import tensorflow as tf
from tensorflow.keras import backend as K

def my_huber_loss(y_true, y_pred):
    err = K.abs(y_true - y_pred)
    cond = K.cast(K.less_equal(err, 1.0), 'float32')
    return cond * 0.5 * K.square(err) + (1.0 - cond) * (err - 0.5)
