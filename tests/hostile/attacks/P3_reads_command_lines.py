# /// attack
# group = "P3"
# says = "reads the command line of another process"
# probe = true
# through = ["process"]
# ///
def attempt():
    return len(open(f"/proc/{WORLD['victim']}/cmdline").read()) > 0
