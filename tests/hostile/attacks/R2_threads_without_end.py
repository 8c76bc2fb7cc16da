# /// attack
# group = "R2"
# says = "starts threads for ever"
# expected.landlock.my_huber_loss = "passed or crashed"
# expected.process.my_huber_loss = "passed or crashed"
# ///
# Where the kernel does not count a child's threads, either its memory for their stacks ends
# first, and it goes on without them, or it is seen and ended.
import threading
import time

stop = threading.Event()


def my_huber_loss(y_true, y_pred):
    started = []
    try:
        while len(started) < 2000 and not stop.is_set():
            started.append(threading.Thread(target=stop.wait, daemon=True))
            started[-1].start()
    except RuntimeError:
        time.sleep(0.5)
    stop.set()
    if len(started) > 400:
        return 0 * y_pred
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
