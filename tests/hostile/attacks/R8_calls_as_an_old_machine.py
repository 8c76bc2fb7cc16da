# /// attack
# group = "R8"
# says = "calls the kernel as a 32-bit program does, in machine code of its own"
# machine = "x86_64"
# depends = ["process"]
# expected.bubblewrap.my_huber_loss = "crashed"
# expected.landlock.my_huber_loss = "crashed"
# expected.process.my_huber_loss = "any"
# ///
import ctypes
import mmap

# mov eax, 20 (getpid); int 0x80; ret
CODE = b"\xb8\x14\0\0\0\xcd\x80\xc3"


def my_huber_loss(y_true, y_pred):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
