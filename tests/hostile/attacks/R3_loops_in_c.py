# /// attack
# group = "R3"
# says = "computes a number with a thousand million digits, which nothing in Python can interrupt"
# expected.my_huber_loss = "timeout"
# message = "did not come to an end"
# ///
def my_huber_loss(y_true, y_pred):
    return 10 ** (10**9) + y_pred
