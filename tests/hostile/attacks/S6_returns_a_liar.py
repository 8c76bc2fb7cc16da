# /// attack
# group = "S6"
# says = "returns an object that is equal to everything"
# expected.my_huber_loss = "failed"
# message = "where a tensor is expected"
# ///
import numpy as np


class Liar:
    dtype, shape, ndim, size = np.dtype("float32"), (3,), 1, 3

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __le__ = __lt__ = __array_ufunc__ = __sub__

    def __array__(self, *_, **__):
        return np.zeros(3, "float32")

    def __float__(self):
        return 0.0

    __hash__ = None


def my_huber_loss(y_true, y_pred):
    return Liar()
