# /// attack
# group = "T2"
# says = "returns a tensor-like thing that writes a message when it is freed"
# expected.my_huber_loss = "failed"
# ///
import os


class Late(float):
    def __del__(self):
        os.write(4, b"\0\0\0\5late!")


def my_huber_loss(y_true, y_pred):
    return Late(0.0)
