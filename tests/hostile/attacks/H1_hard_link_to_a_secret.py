# /// attack
# group = "H1"
# says = "makes a hard link to a secret, and reads that"
# probe = true
# depends = ["process"]
# ///
import os


def attempt():
    link = os.path.join(os.getcwd(), "link")
    os.link(WORLD["secret"], link)
    return len(open(link).read()) > 0
