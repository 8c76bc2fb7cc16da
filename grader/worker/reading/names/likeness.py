"""What two notebooks' code for a name has in common, whatever its names, comments and blanks.

A hash over the shape of the syntax trees: names that the code gives itself are numbered in the
order in which they come; docstrings, annotations and imports are left out. Equal hashes say that
the code is the same, and nothing of what it is.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
from collections.abc import Iterable

# A table of numbers in a cell is no code, and needs none of the time that there is.
_MOST_NODES = 20_000
_NAMED = frozenset(
    {
        (ast.Name, "id"),
        (ast.arg, "arg"),
        (ast.FunctionDef, "name"),
        (ast.AsyncFunctionDef, "name"),
        (ast.ClassDef, "name"),
        (ast.ExceptHandler, "name"),
    }
)
_LEFT_OUT = frozenset({"ctx", "kind", "type_comment", "annotation", "returns", "type_ignores"})
_BUILTINS = frozenset(dir(builtins))


def fingerprint(statements: Iterable[ast.stmt]) -> str:
    """The hash of these statements; empty if they are too large to be looked at."""
    parts: list[str] = []
    numbers: dict[str, str] = {}
    waiting: list[object] = [list(statements)]
    while waiting:
        if len(parts) > _MOST_NODES:
            return ""
        item = waiting.pop()
        if isinstance(item, list):
            kept = [one for one in item if not _says_nothing(one)]
            parts.append(f"[{len(kept)}")
            waiting.extend(reversed(kept))
        elif isinstance(item, ast.AST):
            parts.append(type(item).__name__)
            for name in reversed(item._fields):
                value = getattr(item, name, None)
                if name in _LEFT_OUT or value is None:
                    continue
                if isinstance(value, str) and (type(item), name) in _NAMED:
                    value = _Numbered(value)
                waiting.append(value)
        elif isinstance(item, _Numbered):
            known = item.name in _BUILTINS and item.name not in numbers
            parts.append(item.name if known else numbers.setdefault(item.name, f"#{len(numbers)}"))
        else:
            parts.append(_spelt(item))
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


class _Numbered:
    """A name that counts by the order in which it comes."""

    def __init__(self, name: str) -> None:
        self.name = name


def _says_nothing(node: object) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass))


def _spelt(value: object) -> str:
    try:
        return repr(value)
    except ValueError:
        return "a long number"  # Python refuses to write it out
