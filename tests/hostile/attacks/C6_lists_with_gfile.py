# /// attack
# group = "C6"
# says = "lists a folder with TensorFlow's own file system"
# probe = true
# through = ["process"]
# ///
def attempt():
    try:
        return len(tf.io.gfile.listdir(WORLD["folder"])) > 0
    except tf.errors.OpError:
        return False
