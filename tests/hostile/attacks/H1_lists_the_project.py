# /// attack
# group = "H1"
# says = "lists the project's folder"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    return "solutions" in os.listdir(WORLD["project"])
