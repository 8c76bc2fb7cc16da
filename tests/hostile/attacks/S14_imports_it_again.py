# /// attack
# group = "S14"
# says = "throws the built-in loss's module away and imports it anew"
# expected.my_huber_loss = "failed"
# expected.process.my_huber_loss = "any"
# through = ["process"]
# ///
import importlib
import sys


def my_huber_loss(y_true, y_pred):
    del sys.modules["keras.src.losses.losses"]
    module = importlib.import_module("keras.src.losses.losses")
    return module.Huber(reduction="none").call(y_true[..., None], y_pred[..., None])
