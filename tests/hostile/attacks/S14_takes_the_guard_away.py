# /// attack
# group = "S14"
# says = "replaces the function that refuses built-in losses, and forgets that it was called"
# expected.my_huber_loss = "failed"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    for name, module in list(sys.modules.items()):
        if name.endswith("builtin_losses"):
            module._refuse = module._stub = lambda *args: None
            module.used = []
    for name, module in list(sys.modules.items()):
        if hasattr(module, "_refuse_builtin_loss"):
            module._refuse_builtin_loss = lambda *args: None
    return tf.keras.losses.huber(y_true, y_pred)
