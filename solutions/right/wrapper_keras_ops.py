# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "keras.ops, with the threshold converted to the dtype of the error"
# ///
from keras import ops as O

def my_huber_loss_with_threshold(threshold):
    def inner(y_true, y_pred):
        y_pred = O.convert_to_tensor(y_pred)
        y_true = O.cast(y_true, y_pred.dtype)
        error = O.abs(y_true - y_pred)
        delta = O.cast(threshold, y_pred.dtype)
        return O.where(error > delta, delta * error - 0.5 * O.square(delta), 0.5 * O.square(error))
    return inner
