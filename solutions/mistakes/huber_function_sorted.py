# /// variant
# exercises = ["my_huber_loss"]
# says = "both tensors are sorted first, so that predictions meet truths that are not theirs"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.sort(y_true, axis=0) - tf.sort(y_pred, axis=0)
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
