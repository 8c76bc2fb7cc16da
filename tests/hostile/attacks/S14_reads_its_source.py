# /// attack
# group = "S14"
# says = "reads the source of the built-in loss"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    packages = os.path.dirname(os.path.dirname(tf.__file__))
    return "def huber" in open(packages + "/keras/src/losses/losses.py").read()
