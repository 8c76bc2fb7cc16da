"""Stand-ins for what can't be had here: missing modules and magics.

A missing package must hurt only what really uses it. So a failed import binds an object
that lies still until something is done with it, and then says what is missing.
"""

from __future__ import annotations

from typing import Any, NoReturn


class Absent:
    """Stands for what an import would have given; any real use raises ImportError.

    Looking it up, passing it on and annotations that nobody reads are no use of it.
    """

    __slots__ = ("_absent_error",)

    def __init__(self, error: ImportError) -> None:
        object.__setattr__(self, "_absent_error", error)

    def __getattr__(self, name: str) -> Any:
        # Python itself and TensorFlow ask any object for such names; they expect this error.
        if name.startswith("__") and name != "__mro_entries__":
            raise AttributeError(name)
        _use(self)

    def __setattr__(self, name: str, value: object) -> None:
        _use(self)

    def __repr__(self) -> str:
        return f"<missing: {object.__getattribute__(self, '_absent_error')}>"


def _use(absent: Absent, *_: object, **__: object) -> NoReturn:
    error = object.__getattribute__(absent, "_absent_error")
    # A new one each time: the traceback is that of the use.
    raise type(error)(str(error), name=error.name, path=error.path)


_USES = (
    "call getitem setitem delitem iter next len bool contains enter exit mro_entries "
    "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow "
    "matmul rmatmul neg pos abs invert lt le gt ge int float index array round"
)
for _name in _USES.split():
    setattr(Absent, f"__{_name}__", _use)


class Shell:
    """What `get_ipython()` gives here: nothing it is asked to do is done."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_kwargs: Absent(
            ImportError("a magic or shell command gives this value, and none is run when grading")
        )


def get_ipython() -> Shell:
    """Stands in a notebook's namespace under its own name."""
    return Shell()


def display(*_objects: object, **_options: object) -> None:
    """Stands in a notebook's namespace under its own name, and shows nothing."""
