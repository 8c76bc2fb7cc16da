# /// attack
# group = "S14"
# says = "reaches a built-in loss by a pickle, a configuration, and the modules of Python"
# expected.my_huber_loss = "failed"
# expected.my_huber_loss_with_threshold = "failed"
# expected.MyHuberLoss = "failed"
# message = "built-in loss"
# ///
import pickle
import sys


def my_huber_loss(y_true, y_pred):
    return pickle.loads(b"ckeras.src.losses.losses\nhu" + b"ber\n.")(y_true, y_pred)


def my_huber_loss_with_threshold(threshold):
    config = {"class_name": "Hu" + "ber", "config": {"delta": threshold}}
    return tf.keras.losses.deserialize(config)


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        module = next(m for n, m in list(sys.modules.items()) if n.endswith("losses.losses"))
        return getattr(module, "hu" + "ber")(y_true, y_pred, self.threshold)
