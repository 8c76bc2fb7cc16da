# /// variant
# exercises = ["my_huber_loss"]
# says = "(e^2)^0.5 for abs: the gradient at zero is not a number"
# fails = ["gradient_at_zero"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    size = ((y_true - y_pred) ** 2) ** 0.5
    return tf.where(size <= 1, tf.square(size) / 2, size - 0.5)
