# /// attack
# group = "R6"
# says = "sets an alarm that ends it in the middle of another exercise"
# expected.my_huber_loss = "crashed"
# ///
import signal
import time


def my_huber_loss(y_true, y_pred):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(1)
    return y_true
