# /// attack
# group = "H8"
# says = "reads the project's history"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    return len(os.listdir(WORLD["project"] + "/grader")) > 0 or os.listdir(WORLD["project"] + "/.git")
