# /// attack
# group = "R3"
# says = "matches a regular expression that takes longer than the universe has"
# expected.my_huber_loss = "timeout"
# ///
import re


def my_huber_loss(y_true, y_pred):
    return re.match(r"(a+)+$", "a" * 60 + "b")
