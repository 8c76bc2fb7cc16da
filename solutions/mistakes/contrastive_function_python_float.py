# /// variant
# exercises = ["contrastive_loss"]
# says = "returns a Python float"
# fails = ["gradient", "graph", "precision"]
# diagnosis = ""
# ///
import numpy as np

def contrastive_loss(y_true, y_pred):
    y, d = np.asarray(y_true), np.asarray(y_pred)
    return float(np.mean(y * d ** 2 + (1 - y) * np.maximum(1 - d, 0) ** 2))
