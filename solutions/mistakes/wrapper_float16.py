# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the result is cast to float16"
# fails = ["precision"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        loss = tf.where(abs(error) <= threshold, error ** 2 / 2, threshold * (abs(error) - (0.5 * threshold)))
        return tf.cast(loss, dtype=tf.float16)
    return my_huber_loss
