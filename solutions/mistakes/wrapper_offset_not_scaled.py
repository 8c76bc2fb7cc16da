# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "t |a| - 0.5: the offset does not know the threshold"
# fails = ["large_errors"]
# diagnosis = "offset-not-scaled"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= threshold, tf.square(error) / 2, threshold * error - 0.5)
    return my_huber_loss
