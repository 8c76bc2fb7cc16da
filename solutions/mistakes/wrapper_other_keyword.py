# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "its argument is called delta, and the course calls it threshold"
# fails = ["keyword"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(delta):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= delta
        return tf.where(is_small_error, tf.square(error) / 2, delta * (tf.abs(error) - (0.5 * delta)))
    return my_huber_loss
