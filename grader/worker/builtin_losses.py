"""Takes the built-in Huber losses out of the worker's memory.

The exercises ask for the student's own formula, so handing the work to a built-in must
earn nothing, by whichever name it was reached: `keras.losses.Huber`, `losses.get("huber")`,
`tf.compat.v1.losses.huber_loss` and all others end in one of a few functions. Those keep
their identity and lose their code: calling one raises `BuiltinLossUsed`. The old code is
freed with the last reference to it, so nothing that a child does can bring it back from
memory; the strong isolation tiers hide the source files too.

A built-in that is mentioned but never called costs nothing.
"""

from __future__ import annotations

import importlib
import types

# The strong tiers hide the files of these modules; `grader.sandbox.launch` lists them.
FUNCTIONS = (
    ("keras.src.losses.losses", "huber"),
    ("tensorflow.python.keras.losses", "huber"),
    ("tensorflow.python.ops.losses.losses_impl", "huber_loss"),
)


class BuiltinLossUsed(Exception):
    """A built-in loss was called in place of the student's own."""


used: list[str] = []


def _refuse() -> None:
    used.append("huber")
    raise BuiltinLossUsed("a built-in Huber loss was called")


def _stub(*args: object, **kwargs: object) -> object:  # noqa: ARG001 - takes any call
    return _refuse_builtin_loss()  # type: ignore[name-defined]  # noqa: F821


def remove() -> None:
    """Blank the built-in losses in this process. Called once, before any student code."""
    for module_name, function_name in FUNCTIONS:
        module = importlib.import_module(module_name)
        function = _unwrapped(getattr(module, function_name))
        function.__globals__["_refuse_builtin_loss"] = _refuse
        function.__defaults__ = None
        function.__kwdefaults__ = None
        function.__code__ = _stub.__code__


def _unwrapped(function: types.FunctionType) -> types.FunctionType:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
