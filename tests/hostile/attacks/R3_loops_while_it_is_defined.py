# /// attack
# group = "R3"
# says = "loops for ever while the notebook is executed"
# expected.my_huber_loss = "broken"
# message = "did not come to an end"
# ///
class Endless:
    while True:
        pass


def my_huber_loss(y_true, y_pred, first=Endless):
    return y_pred
