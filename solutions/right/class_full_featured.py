# /// variant
# exercises = ["MyHuberLoss"]
# says = "registered, typed, with name, kwargs and get_config"
# ///
import keras
import tensorflow as tf

@keras.saving.register_keras_serializable(package="losses")
class MyHuberLoss(keras.losses.Loss):
    """Huber loss.

    Args:
        threshold: where the loss turns from quadratic to linear.
    """

    def __init__(self, threshold: float = 1.0, name: str = "my_huber", **kwargs) -> None:
        super().__init__(name=name, **kwargs)
        self.threshold = threshold

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        error = y_true - y_pred
        squared = tf.square(error) / 2
        linear = self.threshold * tf.abs(error) - self.threshold**2 / 2
        return tf.where(tf.abs(error) < self.threshold, squared, linear)

    def get_config(self) -> dict:
        return {**super().get_config(), "threshold": self.threshold}
