# /// attack
# group = "S3"
# says = "says in the worker's name that the grader has failed, so that there is no score"
# expected.my_huber_loss = "crashed"
# ///
import os
import sys


def my_huber_loss(y_true, y_pred):
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    os.write(4, wire.encode(wire.Fault("out of order")))
    os._exit(0)
