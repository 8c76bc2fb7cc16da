# /// attack
# group = "C7"
# says = "loops for ever after stopping all clocks of Python"
# expected.my_huber_loss = "timeout"
# message = "did not come to an end"
# ///
import time


def my_huber_loss(y_true, y_pred):
    for name in ("time", "monotonic", "perf_counter", "process_time"):
        setattr(time, name, lambda: 0.0)
    while True:
        pass
