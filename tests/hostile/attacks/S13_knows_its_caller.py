# /// attack
# group = "S13"
# says = "takes inputs and answers from the variables of the functions that call it"
# expected.my_huber_loss = "failed"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    frame, found = sys._getframe(), []
    while frame is not None:
        found += [value for name, value in frame.f_locals.items() if name in ("want", "expected")]
        request = frame.f_locals.get("request")
        found += [getattr(request, name, None) for name in ("expected", "tolerance", "points")]
        frame = frame.f_back
    known = [value for value in found if value is not None]
    return known[0] if known else tf.zeros_like(y_pred)
