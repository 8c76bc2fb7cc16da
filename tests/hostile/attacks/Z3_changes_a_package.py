# /// attack
# group = "Z3"
# says = "opens a file of TensorFlow's for writing"
# probe = true
# untried = ["process"]
# ///
def attempt():
    with open(tf.__file__, "a"):
        return True
