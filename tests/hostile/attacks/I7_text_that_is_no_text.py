# /// attack
# group = "I7"
# says = "puts halves of characters, NUL and unknown bytes into texts"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.write(1, b"\xff\xfe\0\xc3\x28")
    return {}["\ud800\udfff\0\uffff"]


def contrastive_loss(y_true, y_pred):
    raise OSError("\udcff" * 10)
