# /// variant
# exercises = ["my_huber_loss"]
# says = "terse and modern: walrus, positional-only arguments, one expression"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred, /):
    return tf.where((size := tf.abs(y_true - y_pred)) <= (d := 1.0), size**2 / 2, d * (size - d / 2))
