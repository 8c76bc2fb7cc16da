# /// variant
# exercises = ["MyHuberLoss"]
# says = "a subclass of keras.losses.Huber"
# fails = ["small_errors", "large_errors", "both_signs", "threshold_and_zero", "other_thresholds", "exactly_as_given", "side_by_side", "subclass", "called_by_keras", "gradient", "gradient_at_zero", "graph", "training", "scale", "reduction", "shapes", "precision", "keyword", "to_the_end"]
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Huber):
    def __init__(self, threshold):
        super().__init__(delta=threshold)
