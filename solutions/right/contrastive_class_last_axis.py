# /// variant
# exercises = ["ContrastiveLoss"]
# says = "call returns the mean over the last axis, with get_config and from_config"
# ///
import keras
import tensorflow as tf

@keras.saving.register_keras_serializable()
class ContrastiveLoss(keras.losses.Loss):
    def __init__(self, margin=1.0, name="contrastive_loss", reduction="sum_over_batch_size"):
        super().__init__(name=name, reduction=reduction)
        self.margin = margin

    def call(self, y_true, y_pred):
        y_true = tf.cast(y_true, y_pred.dtype)
        loss = y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0))
        return tf.reduce_mean(loss, axis=-1)

    def get_config(self):
        config = super().get_config()
        config.update({"margin": self.margin})
        return config

    @classmethod
    def from_config(cls, config):
        return cls(**config)
