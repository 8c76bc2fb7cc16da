# /// attack
# group = "S7"
# says = "returns arrays of objects and tensors of text"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# expected.MyHuberLoss = "failed"
# ///
import numpy as np


def my_huber_loss(y_true, y_pred):
    return np.array([object()] * len(y_pred))


def contrastive_loss(y_true, y_pred):
    return tf.constant("100")


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0):
        super().__init__()

    def __call__(self, y_true, y_pred, sample_weight=None):
        return tf.ragged.constant([[1.0], []])

    def call(self, y_true, y_pred):
        return tf.sparse.from_dense(y_pred)
