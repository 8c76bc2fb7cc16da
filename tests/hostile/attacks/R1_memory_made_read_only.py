# /// attack
# group = "R1"
# says = "fills memory and makes it read-only, which the limit on data then does not count"
# expected.my_huber_loss = "not passed"
# ///
import ctypes
import time

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p


def my_huber_loss(y_true, y_pred):
    size = 2**26
    for _ in range(40):
        place = libc.mmap(None, size, 3, 34, -1, 0)
        if place in (None, 2**64 - 1):
            raise MemoryError
        ctypes.memset(place, 1, size)
        libc.mprotect(ctypes.c_void_p(place), size, 1)
    time.sleep(1)
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
