# /// attack
# group = "R3"
# says = "sleeps, which costs no CPU time"
# expected.my_huber_loss = "timeout"
# message = "did not come to an end"
# ///
import time


def my_huber_loss(y_true, y_pred):
    time.sleep(10_000)
