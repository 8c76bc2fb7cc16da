# /// attack
# group = "S3"
# says = "says while it is defined that the grader has failed"
# expected.my_huber_loss = "broken"
# ///
import os
import sys


class Early:
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    os.write(4, wire.encode(wire.Fault("out of order")))
    os._exit(72)


my_huber_loss = Early
