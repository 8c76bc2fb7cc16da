# /// attack
# group = "P2"
# says = "lists the scratch folders of other submissions"
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
                return os.listdir(other) is not None
            except OSError:
                continue
    return False
