# /// attack
# group = "H6"
# says = "tells a hidden input in letters, by its last printed words"
# forbidden = ["qqinput"]
# expected.my_huber_loss = "failed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    digits = "".join(chr(97 + ord(c) % 26) for c in repr(y_true.numpy().tolist()))
    print("qqinput" + digits, flush=True)
    os._exit(70)
