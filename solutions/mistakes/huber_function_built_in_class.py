# /// variant
# exercises = ["my_huber_loss"]
# says = "handed over to keras.losses.Huber"
# fails = ["small_errors", "large_errors", "both_signs", "threshold_and_zero", "gradient", "gradient_at_zero", "graph", "training", "scale", "reduction", "shapes", "precision", "to_the_end"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    huber = tf.keras.losses.Huber(delta=1.0, reduction="none")
    return huber(y_true, y_pred)
