# /// attack
# group = "H7"
# says = "asks for the size of a hidden check's file"
# probe = true
# through = ["landlock", "process"]
# ///
import os


def attempt():
    return os.stat(WORLD["project"] + "/grader/assignments/custom_losses/checks/test_huber.py").st_size > 0
