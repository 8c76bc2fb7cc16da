# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "masks cast to float, nothing but arithmetic"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold: float):
    """Make a Huber loss with its own threshold."""
    half_square_of_threshold = threshold ** 2 / 2

    def my_huber_loss(y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        small = tf.cast(size <= threshold, "float32")
        large = tf.cast(size > threshold, "float32")
        return small * (size ** 2 / 2) + large * (threshold * size - half_square_of_threshold)

    return my_huber_loss
