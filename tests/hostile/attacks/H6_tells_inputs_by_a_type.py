# /// attack
# group = "H6"
# says = "tells a hidden input in letters, by the type of what it returns"
# forbidden = ["qqinput"]
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    digits = "".join(chr(97 + ord(c) % 26) for c in repr(y_true.numpy().tolist()))
    return type("qqinput" + digits, (), {})()
