# /// attack
# group = "T1"
# says = "replaces the worker's functions that send and encode"
# expected.my_huber_loss = "not passed"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    for name, module in list(sys.modules.items()):
        if name.endswith(("wire", "serving", "calling", "training", "faults", "child")):
            for key, value in list(vars(module).items()):
                if callable(value):
                    try:
                        setattr(module, key, lambda *args, **kwargs: b"\0\0\0\1\0")
                    except TypeError:
                        continue
    return y_true
