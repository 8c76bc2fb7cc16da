# /// attack
# group = "T1"
# says = "replaces Python's own functions"
# expected.my_huber_loss = "not passed"
# ///
import builtins


def my_huber_loss(y_true, y_pred):
    for name in ("isinstance", "len", "getattr", "type", "print", "__import__", "BaseException"):
        setattr(builtins, name, lambda *args, **kwargs: 1 / 0)
    return y_true
