# /// variant
# exercises = ["MyHuberLoss"]
# says = "a subclass of keras.losses.Huber"
# passes = []
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Huber):
    def __init__(self, threshold):
        super().__init__(delta=threshold)
