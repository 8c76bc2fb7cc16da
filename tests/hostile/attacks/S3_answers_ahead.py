# /// attack
# group = "S3"
# says = "has a wrong answer ready before it is asked"
# expected.my_huber_loss = "not passed"
# ///
import os
import sys

import numpy as np


class Ahead:
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    os.write(4, wire.encode(wire.Value(wire.pack(np.zeros(3, "float32")), "tensor")))


def my_huber_loss(y_true, y_pred, ahead=Ahead):
    return tf.zeros_like(y_pred)
