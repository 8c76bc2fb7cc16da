# /// attack
# group = "H6"
# says = "tells a hidden input in letters, by the name of a missing key, once the example is over"
# forbidden = ["qqinput"]
# expected.my_huber_loss = "failed"
# ///
calls = []

def my_huber_loss(y_true, y_pred):
    calls.append(1)
    digits = "".join(chr(97 + ord(c) % 26) for c in repr(y_true.numpy().tolist()))
    return {}["qqinput" + digits if len(calls) > 1 else "harmless"]
