# /// attack
# group = "R1"
# says = "fills its scratch folder without end"
# expected.landlock.my_huber_loss = "crashed"
# expected.process.my_huber_loss = "crashed"
# ///
import time


def my_huber_loss(y_true, y_pred):
    block = b"x" * 2**20
    for number in range(20):
        try:
            with open(f"part{number}", "wb") as stream:
                for _ in range(15):
                    stream.write(block)
        except OSError:
            break
    else:
        time.sleep(3)
        return 0 * y_pred
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
