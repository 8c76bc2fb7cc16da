# /// attack
# group = "C6"
# says = "downloads a file with Keras"
# probe = true
# through = ["process"]
# ///
def attempt():
    try:
        path = tf.keras.utils.get_file("page", f"http://127.0.0.1:{WORLD['port']}/keras", cache_dir=".")
    except Exception as problem:
        if "URL fetch failure" in str(problem):
            return False
        raise
    return len(open(path).read()) > 0
