# /// attack
# group = "S14"
# says = "calls the losses of earlier TensorFlow that are still there"
# expected.my_huber_loss = "failed"
# expected.my_huber_loss_with_threshold = "failed"
# expected.MyHuberLoss = "failed"
# message = "built-in loss"
# ///
from tensorflow.python.keras import losses as old


def my_huber_loss(y_true, y_pred):
    return tf.compat.v1.losses.huber_loss(y_true, y_pred, reduction="none")


def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: old.huber(y_true, y_pred, threshold)


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.inner = old.Huber(threshold)

    def call(self, y_true, y_pred):
        return self.inner.call(y_true, y_pred)
