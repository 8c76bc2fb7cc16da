# /// attack
# group = "S7"
# says = "returns an array of its own class, which overrides every conversion"
# expected.my_huber_loss = "failed"
# ///
import numpy as np


class Lying(np.ndarray):
    def __array_finalize__(self, other):
        self.setflags(write=True)

    def __array_function__(self, *_, **__):
        return True

    def tobytes(self, *_):
        return b"\0" * 4

    def __eq__(self, other):
        return True


def my_huber_loss(y_true, y_pred):
    return np.full(y_pred.shape or 1, 7.0, "float32").view(Lying)
