# /// attack
# group = "Z4"
# says = "makes a queue of messages that outlives it"
# probe = true
# ///
import ctypes
import os


def attempt():
    library = ctypes.CDLL("librt.so.1", use_errno=True)
    name = b"/" + WORLD["mark"].encode()
    handle = library.mq_open(name, os.O_CREAT | os.O_RDWR, 0o600, None)
    if handle >= 0:
        library.mq_unlink(name)
    return handle >= 0
