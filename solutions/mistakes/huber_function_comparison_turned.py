# /// variant
# exercises = ["my_huber_loss"]
# says = ">= for <=, which swaps the branches"
# fails = ["small_errors", "large_errors"]
# diagnosis = "branches-swapped"
# ///
from tensorflow import where, abs, square

def my_huber_loss(y_true, y_pred):
    r = y_true - y_pred
    return where(abs(r) >= 1.0, square(r) * 0.5, abs(r) - 0.5)
