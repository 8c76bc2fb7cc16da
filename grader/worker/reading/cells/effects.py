"""What a statement does to names, as the compiler sees it.

Each statement is compiled alone and its code objects are read: the compiler knows every
rule of scope there is (class bodies, comprehensions, walrus, match, global), and a second
opinion written by hand would differ somewhere. Reading works on Python 3.11 to 3.13.

The module `symtable` knows these rules too and says too little: `x = 1`, `del x` and the bare
`x: int` are one and the same to it. It also reads text alone, where statements are trees here, with
the lines that they have in their cells, and it takes no flags of `from __future__`.
"""

from __future__ import annotations

import ast
import dis
import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType

# What compiling can raise on text that is no Python, or far too much of it.
UNCOMPILABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError, SystemError)

_EXTENDED = dis.opmap["EXTENDED_ARG"]
_LOADS = {
    dis.opmap[name]: shift
    for name, shift in (
        ("LOAD_NAME", 0),
        ("LOAD_GLOBAL", 1),  # the lowest bit says something else
        ("LOAD_FROM_DICT_OR_GLOBALS", 0),
    )
    if name in dis.opmap
}
_STORE_NAME, _STORE_GLOBAL = dis.opmap["STORE_NAME"], dis.opmap["STORE_GLOBAL"]
_DELETE_NAME, _DELETE_GLOBAL = dis.opmap["DELETE_NAME"], dis.opmap["DELETE_GLOBAL"]
_NAMED = frozenset({*_LOADS, _STORE_NAME, _STORE_GLOBAL, _DELETE_NAME, _DELETE_GLOBAL})
_AT_ONCE = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>"})


@dataclass(frozen=True, slots=True)
class Effects:
    """What one statement does to the names of the notebook.

    binds, deletes: at once. reads: names looked up at once. reads_later: names looked up
    by functions that the statement makes. writes_later: names that such functions bind
    through `global`.
    """

    binds: frozenset[str] = frozenset()
    deletes: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    reads_later: frozenset[str] = frozenset()
    writes_later: frozenset[str] = frozenset()


def effects(statement: ast.stmt, flags: int = 0) -> Effects:
    """What the statement does. Raises what compiling raises."""
    code = compiled(statement, "<notebook>", flags)
    binds: set[str] = set()
    deletes: set[str] = set()
    reads: set[str] = set()
    reads_later: set[str] = set()
    writes_later: set[str] = set()
    pending = [(code, True, True)]
    while pending:
        code, at_once, outermost = pending.pop()
        for operation, name in _named(code):
            if operation in _LOADS:
                (reads if at_once else reads_later).add(name)
            elif operation == _STORE_GLOBAL or (operation == _STORE_NAME and outermost):
                (binds if at_once else writes_later).add(name)
            elif operation == _DELETE_GLOBAL or (operation == _DELETE_NAME and outermost):
                (deletes if at_once else writes_later).add(name)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                # A class body runs at once, the body of a function when it is called.
                is_body = not constant.co_flags & inspect.CO_OPTIMIZED
                now = at_once and (is_body or constant.co_name in _AT_ONCE)
                pending.append((constant, now, False))
    # `with ... as`, `except ... as` and loops may bind and delete: then it is bound.
    return Effects(
        frozenset(binds),
        frozenset(deletes - binds),
        frozenset(reads),
        frozenset(reads_later),
        frozenset(writes_later),
    )


def compiled(statement: ast.stmt, filename: str, flags: int = 0) -> CodeType:
    """The code of one statement at the top level. `flags`: of `from __future__` in force."""
    module = ast.Module(body=[statement], type_ignores=[])
    # As in Jupyter, `await` may stand at the top level.
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return compile(module, filename, "exec", flags=flags, dont_inherit=True)


@contextmanager
def no_warnings() -> Iterator[None]:
    """Keep the compiler's advice to itself: a stray backslash is nothing to grade."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _named(code: CodeType) -> Iterator[tuple[int, str]]:
    """The operations on names that are not local, each with its name."""
    names, raw = code.co_names, code.co_code
    extended = 0
    for i in range(0, len(raw), 2):
        operation = raw[i]
        if operation == _EXTENDED:
            extended = (extended | raw[i + 1]) << 8
            continue
        if operation in _NAMED:
            yield operation, names[(extended | raw[i + 1]) >> _LOADS.get(operation, 0)]
        extended = 0
