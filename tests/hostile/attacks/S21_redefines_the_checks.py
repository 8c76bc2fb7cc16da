# /// attack
# group = "S21"
# says = "redefines everything that a check could be made of"
# expected.my_huber_loss = "failed"
# ///
def test_my_huber_loss():
    pass


def check(*args):
    return True


def compare(*args):
    return True


AssertionError = Exception
EXERCISES, POINTS, TOLERANCE = (), {"my_huber_loss": 100}, float("inf")


def my_huber_loss(y_true, y_pred, uses=(test_my_huber_loss, check, compare, TOLERANCE, POINTS)):
    return 0 * y_pred
