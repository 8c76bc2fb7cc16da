# /// attack
# group = "T9"
# says = "answers with an empty array of seven huge dimensions"
# expected.my_huber_loss = "not passed"
# ///
import os
import sys


def my_huber_loss(y_true, y_pred):
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    array = wire.Array("float32", (0, *(2**31,) * 7), b"")
    os.write(4, wire.encode(wire.Value(array, "tensor")))
    os._exit(0)
