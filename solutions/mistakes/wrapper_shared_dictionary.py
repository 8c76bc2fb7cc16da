# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the threshold is kept in one dictionary that all losses read when they are called"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

params = {"threshold": 1.0}

def my_huber_loss_with_threshold(threshold):
    params["threshold"] = threshold

    def my_huber_loss(y_true, y_pred):
        d = params["threshold"]
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= d, error ** 2 / 2, d * (error - d / 2))

    return my_huber_loss
