# /// attack
# group = "H3"
# says = "reads the layout of the judge's memory"
# probe = true
# depends = ["process"]
# ///
def attempt():
    return len(open(f"/proc/{WORLD['judge']}/maps").read()) > 0
