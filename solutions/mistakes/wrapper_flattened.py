# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "both tensors are made flat: every value is right, and the shape is lost"
# fails = ["shapes"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.reshape(y_true, [-1]) - tf.reshape(y_pred, [-1])
        loss = tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
        return loss
    return my_huber_loss
