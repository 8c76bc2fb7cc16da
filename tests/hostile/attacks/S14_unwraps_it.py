# /// attack
# group = "S14"
# says = "looks for the built-in loss's code below its wrappers, and in all functions there are"
# expected.my_huber_loss = "failed"
# ///
import gc
import types


def my_huber_loss(y_true, y_pred):
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and "huber" in thing.__name__.lower():
            if thing.__name__.startswith("my_") or "y_pred" not in thing.__code__.co_varnames:
                continue
            return types.FunctionType(thing.__code__, thing.__globals__)(y_true, y_pred, 1.0)
    return 0 * y_pred
