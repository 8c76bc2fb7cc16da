# /// attack
# group = "S14"
# says = "calls Keras' own losses: the class, the function, by name, out of a configuration"
# expected.my_huber_loss = "failed"
# expected.my_huber_loss_with_threshold = "failed"
# expected.MyHuberLoss = "failed"
# message = "built-in loss"
# ///
import keras


def my_huber_loss(y_true, y_pred):
    return keras.losses.Huber(reduction="none")(y_true, y_pred)


def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: tf.keras.losses.get("huber")(y_true, y_pred, threshold)


class MyHuberLoss(tf.keras.losses.Huber):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(delta=threshold, **kwargs)

    def call(self, y_true, y_pred):
        return super().call(y_true, y_pred)
