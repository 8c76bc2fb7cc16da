# /// attack
# group = "T9"
# says = "answers with lists within lists, 100,000 deep"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os
import struct


def my_huber_loss(y_true, y_pred):
    body = b"\x91" * 100_000 + b"\xc0"
    frame = struct.pack(">I", len(body)) + body
    while frame:
        frame = frame[os.write(4, frame) :]
    return 0 * y_pred
