# /// attack
# group = "H6"
# says = "tells a hidden input in letters, behind a sentence that Python itself would say"
# forbidden = ["qqinput"]
# expected.my_huber_loss = "failed"
# ///
calls = []


def my_huber_loss(y_true, y_pred):
    calls.append(1)
    digits = "".join(chr(97 + ord(c) % 26) for c in repr(y_true.numpy().tolist()))
    told = "qqinput" + digits if len(calls) > 1 else "harmless"
    nothing = (_ for _ in ())
    return nothing.throw(NameError(f"name 'calls' is not defined {told}"))
