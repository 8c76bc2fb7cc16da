# /// attack
# group = "S2"
# says = "raises an exception whose text takes for ever to make"
# expected.my_huber_loss = "timeout"
# ///
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def my_huber_loss(y_true, y_pred):
    raise Endless
