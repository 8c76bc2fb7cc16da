# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the offset is t/2 where t^2/2 is needed: right at threshold 1 alone"
# fails = ["large_errors"]
# diagnosis = "offset-scaled-once"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        linear = threshold * tf.abs(error) - 0.5 * threshold
        return tf.where(tf.abs(error) <= threshold, 0.5 * tf.square(error), linear)
    return my_huber_loss
