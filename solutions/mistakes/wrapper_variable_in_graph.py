# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "makes a tf.Variable at each call, which a graph refuses"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        d = tf.Variable(threshold, dtype=tf.float32)
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= d, error ** 2 / 2, d * (error - d / 2))
    return my_huber_loss
