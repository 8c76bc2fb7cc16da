# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "a lambda that returns a lambda"
# ///
import tensorflow as tf
my_huber_loss_with_threshold = lambda threshold: lambda y_true, y_pred: tf.where(
    tf.abs(y_true - y_pred) <= threshold,
    0.5 * (y_true - y_pred) ** 2,
    threshold * tf.abs(y_true - y_pred) - 0.5 * threshold ** 2)
