# /// attack
# group = "C6"
# says = "reads a secret with an operation of TensorFlow's own"
# probe = true
# through = ["process"]
# ///
def attempt():
    try:
        return len(tf.io.read_file(WORLD["secret"]).numpy()) > 0
    except tf.errors.OpError:
        return False
