"""The notebook that is graded after each attack: right, and on the watch for what it left.

It has one answer alone, since it is graded as often as all attacks together.
"""

from __future__ import annotations

from tests.hostile import honest
from tests.hostile.host import KEY, MARK

_LOOKING = f'''\
import ctypes
import glob
import os
import socket
import tempfile


def traces():
    """All that an earlier submission left within reach."""
    for folder in (os.getcwd(), tempfile.gettempdir(), os.environ["HOME"]):
        yield from os.listdir(folder)
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.dirname(os.getcwd())):
        yield from glob.glob(f"{{folder}}/*{MARK}*")
    libc = ctypes.CDLL(None)
    for name in ("shmget", "semget", "msgget"):
        if getattr(libc, name)({KEY}, 0, 0) >= 0:
            yield name
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.connect("\\0{MARK}")
            yield "an abstract socket"
    except OSError:
        pass


seen = []


def my_huber_loss(y_true, y_pred):
    if not seen:
        seen.append(list(traces()))
    if seen[0]:
        raise RuntimeError("an earlier submission left something")
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
'''


def witness_notebook() -> bytes:
    """The watchful answer, which is right only if nothing was left behind."""
    cells = honest.sources(answered=frozenset())
    return honest.notebook([honest.code_cell(source) for source in [*cells, _LOOKING]])
