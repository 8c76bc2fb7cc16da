# /// attack
# group = "R1"
# says = "takes memory in Python until there is none, and goes on"
# probe = true
# ///
def attempt():
    held = []
    try:
        while len(held) < 40:
            held.append(bytearray(2**25))
    except MemoryError:
        pass
    return len(held) * 2**25 > 2**30
