# /// variant
# exercises = ["my_huber_loss"]
# says = "vectorised by hand: tf.map_fn over the batch, also in a graph"
# ///
import tensorflow as tf

def one_row(row):
    error = tf.abs(row[0] - row[1])
    return tf.where(error <= 1.0, error * error / 2.0, error - 0.5)

def my_huber_loss(y_true, y_pred):
    return tf.map_fn(one_row, (y_true, y_pred), fn_output_signature=tf.float32)
