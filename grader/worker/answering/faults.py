"""Turns an exception of student code into words that can cross the wall."""

from __future__ import annotations

import linecache
import re
from types import TracebackType

from .. import wire
from .defining.execution import place_of
from .standing import stands

MAX_EXCEPTION_TEXT = 1000
_MAX_READ = 20_000

# What TensorFlow puts around its sentences: AutoGraph's own traceback, and names of devices.
_AROUND = re.compile(
    r"\Ain user code:\n.*?\n {4}\w+: |\{\{function_node [^}]*\}\} ?| ?\[Op:\w+\](?: name: \S*)?",
    re.DOTALL,
)
_CELL_FILE = re.compile(r"<cell \d+>\Z")


def described(error: BaseException) -> wire.Raised:
    """The exception's type, text and place; whatever its own methods do."""
    return wire.Raised(
        kind=clean(str(type(error).__name__), wire.MAX_NAME),
        text=clean(_text(error), MAX_EXCEPTION_TEXT),
        spot=place_of(error),
        own=_raised_by_student(error.__traceback__),
        stands=stands(error),
    )


def clean(text: str, length: int) -> str:
    """The text cut to `length` and fit for UTF-8."""
    return text[:length].encode("utf-8", "backslashreplace").decode()[:length]


def _text(error: BaseException) -> str:
    try:
        return _AROUND.sub("", str(error)[:_MAX_READ])
    except BaseException:  # noqa: BLE001 - a __str__ of the student's own may do anything
        return ""


def _raised_by_student(traceback: TracebackType | None) -> bool:
    """Whether the innermost frame is a line of the notebook that raises or asserts.

    TensorFlow and Keras raise too, and what they say is not the student's.
    """
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return False
    file = traceback.tb_frame.f_code.co_filename
    if not _CELL_FILE.match(file):
        return False
    line = linecache.getline(file, traceback.tb_lineno)
    return line.lstrip().startswith(("raise", "assert"))
