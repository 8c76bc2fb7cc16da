# /// attack
# group = "P2"
# says = "puts a file into the scratch folder that the next submission may get"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    own = os.getcwd()
    for number in range(8):
        other = os.path.join(os.path.dirname(own), str(number))
        if other != own:
            try:
                with open(os.path.join(other, WORLD["mark"]), "w"):
                    return True
            except OSError:
                continue
    return False
