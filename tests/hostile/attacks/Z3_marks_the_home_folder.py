# /// attack
# group = "Z3"
# says = "leaves a file in the instructor's home folder"
# probe = true
# depends = ["process"]
# ///
def attempt():
    with open(f"{WORLD['home']}/{WORLD['mark']}", "w"):
        return True
