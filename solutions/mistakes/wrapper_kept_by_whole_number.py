# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "losses are kept by the whole number in their threshold, so that neighbours share one"
# fails = ["exactly_as_given"]
# diagnosis = ""
# ///
import tensorflow as tf

_kept = {}

def my_huber_loss_with_threshold(threshold):
    key = int(threshold)
    if key not in _kept:
        def my_huber_loss(y_true, y_pred):
            error = y_true - y_pred
            return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
        _kept[key] = my_huber_loss
    return _kept[key]
