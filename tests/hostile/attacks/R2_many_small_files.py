# /// attack
# group = "R2"
# says = "makes thousands of files, for somebody to clean up"
# expected.my_huber_loss = "crashed"
# message = "wrote files without end"
# ///
import os

made = []


def my_huber_loss(y_true, y_pred):
    try:
        while len(made) < 4000:
            with open(f"small{len(made)}", "w"):
                made.append(1)
    except OSError:
        pass
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
