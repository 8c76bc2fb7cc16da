# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "abs is missing in the condition"
# fails = ["both_signs"]
# diagnosis = "sign-lost-in-condition"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        is_small_error = error <= threshold
        return tf.where(is_small_error, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
    return my_huber_loss
