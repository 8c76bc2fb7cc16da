# /// attack
# group = "S14"
# says = "reads the compiled file of the built-in loss"
# probe = true
# through = ["process"]
# ///
import importlib.util
import os


def attempt():
    packages = os.path.dirname(os.path.dirname(tf.__file__))
    path = importlib.util.cache_from_source(packages + "/keras/src/losses/losses.py")
    return b"huber" in open(path, "rb").read()
