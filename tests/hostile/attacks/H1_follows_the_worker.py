# /// attack
# group = "H1"
# says = "walks from the worker's own folder to the assignment beside it"
# probe = true
# through = ["process"]
# ///
import os
import sys


def attempt():
    own = os.path.dirname(os.path.abspath(sys.modules["tensorflow"].__spec__ and sys.argv[0]))
    return "oracle.py" in os.listdir(os.path.join(own, "..", "assignments", "custom_losses"))
