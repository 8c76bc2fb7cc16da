# /// attack
# group = "S5"
# says = "ends by signals that some graders take for success"
# expected.my_huber_loss = "not passed"
# ///
import os
import signal


def my_huber_loss(y_true, y_pred):
    for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGTERM, signal.SIGKILL):
        os.kill(os.getpid(), number)
    return tf.zeros_like(y_pred)
