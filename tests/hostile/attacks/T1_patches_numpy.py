# /// attack
# group = "T1"
# says = "replaces the functions by which answers become bytes"
# expected.my_huber_loss = "failed"
# ///
import numpy as np


def my_huber_loss(y_true, y_pred):
    real = np.asarray
    for name in ("asarray", "array", "ascontiguousarray", "frombuffer"):
        setattr(np, name, lambda *args, **kwargs: real([[[1e30]]]))
    return y_true
