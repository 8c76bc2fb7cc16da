# /// attack
# group = "H1"
# says = "reads a secret through a link in its own folder"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    link = os.path.join(os.getcwd(), "link")
    os.symlink(WORLD["secret"], link)
    return len(open(link).read()) > 0
