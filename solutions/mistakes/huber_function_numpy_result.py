# /// variant
# exercises = ["my_huber_loss"]
# says = "NumPy in place of TensorFlow: an array comes out, without a gradient, and never in a graph"
# fails = ["gradient", "graph", "precision"]
# diagnosis = ""
# ///
import numpy as np

def my_huber_loss(y_true, y_pred):
    error = np.array(y_true) - np.array(y_pred)
    return np.where(np.abs(error) <= 1, np.square(error) / 2, np.abs(error) - np.float32(0.5))
