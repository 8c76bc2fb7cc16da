# /// attack
# group = "T6"
# says = "overwrites Python's own memory"
# expected.my_huber_loss = "crashed"
# message = "The process that ran it died"
# ///
import ctypes


def my_huber_loss(y_true, y_pred):
    ctypes.memset(id(None), 0xFF, 4096)
    ctypes.string_at(0)
