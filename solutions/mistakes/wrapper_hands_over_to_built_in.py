# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "handed over to keras.losses.huber with delta"
# fails = ["small_errors", "large_errors", "both_signs", "threshold_and_zero", "other_thresholds", "exactly_as_given", "side_by_side", "gradient", "gradient_at_zero", "graph", "training", "scale", "reduction", "shapes", "precision", "keyword", "to_the_end"]
# diagnosis = ""
# ///
from keras import losses

def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: losses.huber(y_true, y_pred, delta=threshold)
