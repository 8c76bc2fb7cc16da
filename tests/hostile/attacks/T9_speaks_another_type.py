# /// attack
# group = "T9"
# says = "answers with maps of wrong types, endless numbers and bytes that are no text"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os
import struct

import msgspec


def my_huber_loss(y_true, y_pred):
    body = msgspec.msgpack.encode(
        {"type": "Value", "array": {"dtype": "object", "shape": [-1, 2.5], "data": "x"}}
    )
    body += b"\xd9\x02\xff\xfe"
    os.write(4, struct.pack(">I", len(body)) + body)
    return 0 * y_pred
