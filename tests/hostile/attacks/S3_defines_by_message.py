# /// attack
# group = "S3"
# says = "writes the message that all definitions went well, with six names and a seventh"
# expected.my_huber_loss = "not passed"
# ///
import os
import sys


class Forged:
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    os.write(4, wire.encode(wire.Defined((wire.Definition("my_huber_loss", "function"),) * 7)))
    os._exit(0)


my_huber_loss = Forged
