# /// attack
# group = "P3"
# says = "reads the environment of another process"
# probe = true
# depends = ["process"]
# ///
def attempt():
    return len(open(f"/proc/{WORLD['victim']}/environ").read()) > 0
