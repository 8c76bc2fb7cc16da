# /// variant
# exercises = ["my_huber_loss"]
# says = "keras.ops only; TensorFlow is not even imported"
# ///
import keras
from keras import ops

def my_huber_loss(y_true, y_pred):
    error = ops.subtract(y_pred, y_true)
    abs_error = ops.absolute(error)
    half = ops.convert_to_tensor(0.5, dtype=abs_error.dtype)
    return ops.where(abs_error <= 1.0, half * ops.square(error), abs_error - half)
