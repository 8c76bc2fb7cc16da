# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "threshold can't be given by its name"
# fails = ["keyword"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(*thresholds):
    threshold = thresholds[0]
    def loss(y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= threshold, e ** 2 / 2, threshold * (e - threshold / 2))
    return loss
