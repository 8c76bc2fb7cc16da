# /// attack
# group = "H6"
# says = "tells a hidden input by the name and the line of another exception for each check"
# forbidden = ["qqthree", "qqfour", "qqfive", "qqsix"]
# expected.my_huber_loss = "failed"
# ///
calls = []


def my_huber_loss(y_true, y_pred):
    calls.append(1)
    if len(calls) == 1:
        raise ValueError("public")
    if len(calls) == 2:
        return qqone
    if len(calls) == 3:
        return qqtwo
    if len(calls) == 4:
        return qqthree
    if len(calls) == 5:
        return qqfour
    if len(calls) == 6:
        return qqfive
    return qqsix
