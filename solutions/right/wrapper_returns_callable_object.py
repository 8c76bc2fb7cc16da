# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "returns a callable object of an own class, a dataclass"
# ///
from dataclasses import dataclass
import tensorflow as tf

@dataclass(frozen=True)
class Huber:
    threshold: float

    def __call__(self, y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        quadratic = tf.minimum(size, self.threshold)
        return quadratic * quadratic / 2 + self.threshold * (size - quadratic)

def my_huber_loss_with_threshold(threshold):
    return Huber(threshold)
