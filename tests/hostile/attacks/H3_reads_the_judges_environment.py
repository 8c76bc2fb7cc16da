# /// attack
# group = "H3"
# says = "reads the environment of the judge"
# probe = true
# depends = ["process"]
# ///
def attempt():
    return b"SECRET" in open(f"/proc/{WORLD['judge']}/environ", "rb").read()
