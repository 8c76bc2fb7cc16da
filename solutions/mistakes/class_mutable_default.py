# /// variant
# exercises = ["MyHuberLoss"]
# says = "the threshold is kept in a list that all objects share"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Loss):
    memory = [1.0]

    def __init__(self, threshold=1.0):
        super().__init__()
        self.memory[0] = threshold

    def call(self, y_true, y_pred):
        d = self.memory[0]
        a = tf.abs(y_true - y_pred)
        return tf.where(a <= d, a * a / 2, d * (a - d / 2))
