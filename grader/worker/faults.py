"""Turns an exception of student code into words that can cross the wall."""

from __future__ import annotations

import linecache
from types import TracebackType

from . import wire
from .execution import place_of

MAX_EXCEPTION_TEXT = 1000


def described(error: BaseException) -> wire.Raised:
    """The exception's type, text and place; whatever its own methods do."""
    return wire.Raised(
        kind=clean(str(type(error).__name__), wire.MAX_NAME),
        text=clean(_text(error), MAX_EXCEPTION_TEXT),
        spot=place_of(error),
        own=_raised_by_student(error.__traceback__),
    )


def clean(text: str, length: int) -> str:
    """The text cut to `length` and fit for UTF-8."""
    return text[:length].encode("utf-8", "backslashreplace").decode()[:length]


def _text(error: BaseException) -> str:
    try:
        return str(error)[: MAX_EXCEPTION_TEXT + 1]
    except BaseException:  # noqa: BLE001 - a __str__ of the student's own may do anything
        return ""


def _raised_by_student(traceback: TracebackType | None) -> bool:
    """Whether the innermost frame is a line of the notebook that raises or asserts."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return False
    line = linecache.getline(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
    return line.lstrip().startswith(("raise", "assert"))
