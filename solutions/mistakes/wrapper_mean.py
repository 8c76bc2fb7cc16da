# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the mean over everything, where one loss per element was asked for"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        loss = tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
        return tf.reduce_mean(loss)
    return my_huber_loss
