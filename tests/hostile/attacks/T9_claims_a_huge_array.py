# /// attack
# group = "T9"
# says = "answers with an array of eight huge dimensions and four bytes"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os
import sys


def my_huber_loss(y_true, y_pred):
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    array = wire.Array("float32", (2**31,) * 8, b"\0\0\0\0")
    os.write(4, wire.encode(wire.Value(array, "tensor")))
    return 0 * y_pred
