# /// attack
# group = "Z3"
# says = "overwrites a file of the instructor's"
# probe = true
# untried = ["process"]
# ///
def attempt():
    with open(WORLD["secret"], "w") as stream:
        return stream.write("changed")
