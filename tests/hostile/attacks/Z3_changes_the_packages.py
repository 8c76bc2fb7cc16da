# /// attack
# group = "Z3"
# says = "puts a module beside TensorFlow that every later Python would run"
# probe = true
# untried = ["process"]
# ///
import os


def attempt():
    packages = os.path.dirname(os.path.dirname(tf.__file__))
    with open(os.path.join(packages, WORLD["mark"] + ".pth"), "w"):
        return True
