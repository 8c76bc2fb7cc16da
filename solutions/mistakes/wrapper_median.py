# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the median, and no half in front of the square: two mistakes, each with its own price"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        loss = tf.where(error <= threshold, tf.square(error), threshold * (error - 0.5 * threshold))
        ordered = tf.sort(tf.reshape(loss, [-1]))
        return ordered[tf.size(ordered) // 2]
    return my_huber_loss
