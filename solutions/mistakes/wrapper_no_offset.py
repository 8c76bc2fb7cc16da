# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the linear part has no offset"
# fails = ["large_errors"]
# diagnosis = "offset-missing"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * tf.abs(error))
    return my_huber_loss
