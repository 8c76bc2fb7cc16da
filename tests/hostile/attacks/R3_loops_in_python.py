# /// attack
# group = "R3"
# says = "loops for ever, and ignores every signal"
# expected.my_huber_loss = "timeout"
# message = "did not come to an end"
# ///
import signal


def my_huber_loss(y_true, y_pred):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass
