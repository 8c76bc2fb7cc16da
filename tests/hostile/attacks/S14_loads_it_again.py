# /// attack
# group = "S14"
# says = "loads the module of the built-in loss again from its file"
# expected.my_huber_loss = "failed"
# expected.process.my_huber_loss = "any"
# through = ["process"]
# ///
import importlib
import sys


def my_huber_loss(y_true, y_pred):
    module = importlib.reload(sys.modules["keras.src.losses.losses"])
    return module.Huber(reduction="none").call(y_true[..., None], y_pred[..., None])
