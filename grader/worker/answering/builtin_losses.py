"""Takes built-ins that may not be used out of a child's memory, such as Keras' own Huber loss.

An exercise asks for the student's own formula, so handing the work to a built-in must
earn nothing, by whichever name it was reached: `keras.losses.Huber`, `losses.get("huber")`,
`tf.compat.v1.losses.huber_loss` and all others end in one of a few functions, which the assignment
names. Those keep their identity and lose their code: calling one raises `BuiltinLossUsed`. The
strong isolation tiers hide the source files of losses too. A notebook can bring the code along, out
of another machine's memory: a function that is made of it, in whatever way, is refused by its
instructions. Code that was changed in any place is code of the notebook's own, like a formula
copied by hand.

A built-in that is mentioned but never called costs nothing.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import types
from collections.abc import Callable, Iterable
from typing import Any


class BuiltinLossUsed(Exception):
    """A built-in loss was called in place of the student's own."""


used: list[str] = []


class NotThere(Exception):
    """What is forbidden does not exist."""


def _refuse() -> None:
    used.append("built-in")
    raise BuiltinLossUsed("a built-in that may not be used was called")


def _stub(*args: object, **kwargs: object) -> object:  # noqa: ARG001 - takes any call
    return _refuse_builtin_loss()  # type: ignore[name-defined]  # noqa: F821


def remove(forbidden: Iterable[str]) -> None:
    """Blank these built-ins in this process; once, and before any student code.

    forbidden: each as "module:function". Raises NotThere.
    """
    known = set()
    for place in forbidden:
        module_name, _, function_name = place.partition(":")
        try:
            found = getattr(importlib.import_module(module_name), function_name)
        except (ImportError, AttributeError, ValueError):
            raise NotThere(f"{place} is forbidden, and there is no such function") from None
        function = _unwrapped(found)
        if not isinstance(function, types.FunctionType):
            raise NotThere(f"{place} is forbidden, and is no function written in Python")
        known.add(hashlib.sha256(function.__code__.co_code).digest())
        function.__globals__["_refuse_builtin_loss"] = _refuse
        function.__defaults__ = None
        function.__kwdefaults__ = None
        function.__code__ = _stub.__code__
    if known:
        sys.addaudithook(_watch(frozenset(known)))


def _watch(known: frozenset[bytes]) -> Callable[[str, tuple[object, ...]], None]:
    """An audit hook that refuses functions and modules of code with these hashes.

    All that it needs is bound here: a student's code can change modules, but no closure by name.
    """
    code_type, digest_of, noted, refusal = types.CodeType, hashlib.sha256, used, BuiltinLossUsed

    def holds_known(code: object) -> bool:
        waiting = [code]
        for each in waiting:
            if type(each) is code_type:
                if digest_of(each.co_code).digest() in known:
                    return True
                waiting += each.co_consts
        return False

    def hook(event: str, values: tuple[object, ...]) -> None:
        if event in ("function.__new__", "exec"):
            code = values[0]
        elif event == "object.__setattr__" and values[1] == "__code__":
            code = values[2]
        else:
            return
        if type(code) is code_type and holds_known(code):
            noted.append("built-in")
            raise refusal("the code of a built-in that may not be used was loaded")

    return hook


def _unwrapped(function: Any) -> Any:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
