# /// attack
# group = "S3"
# says = "answers a call with the weights of a training"
# expected.my_huber_loss = "not passed"
# ///
import os
import sys

import numpy as np


def my_huber_loss(y_true, y_pred):
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    part = wire.pack(np.ones((1, 1), "float32"))
    os.write(4, wire.encode(wire.Trained(part, part, part)))
    os._exit(0)
