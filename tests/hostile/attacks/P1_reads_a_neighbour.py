# /// attack
# group = "P1"
# says = "reads another student's notebook"
# probe = true
# through = ["process"]
# ///
def attempt():
    return len(open(WORLD["neighbour"]).read()) > 0
