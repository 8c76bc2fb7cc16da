# /// variant
# exercises = ["my_huber_loss"]
# says = "handed over to keras.losses.Huber"
# passes = []
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    huber = tf.keras.losses.Huber(delta=1.0, reduction="none")
    return huber(y_true, y_pred)
