# /// variant
# exercises = ["my_huber_loss"]
# says = "the name is bound to the built-in function"
# fails = ["small_errors", "large_errors", "both_signs", "threshold_and_zero", "gradient", "gradient_at_zero", "graph", "training", "scale", "reduction", "shapes", "precision", "to_the_end"]
# diagnosis = ""
# ///
from keras.losses import huber as my_huber_loss
