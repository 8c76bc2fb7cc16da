# /// variant
# exercises = ["my_huber_loss"]
# says = "prints the loss and returns a pair"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    loss = tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    print("loss:", loss)
    return {"loss": loss}
