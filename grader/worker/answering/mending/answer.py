"""What the generators of edits know of the answer that is mended."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, Literal

from ...wire import EditKind
from .edits import Edit, Piece, Stretch
from .scope import DEFINITIONS, Parts, Scope, Site, parameters, parts
from .source import Source, fitted

Form = Literal["function", "wrapper", "class"]
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"[\w.]*")
# What an edit that repeats what stands elsewhere in the answer is cheaper by.
_FAMILIAR = 5


@dataclass(frozen=True)
class Written:
    """A top-level statement of the answer: its cell's text, itself, and its parts."""

    source: Source
    node: ast.stmt
    parts: Parts


class Answer:
    """The statements that a name needs, with the names that are bound beside them.

    name: of the exercise; form: what it is; parameter: what its hyperparameter is called.
    given: what the imports of the answer bind. elsewhere: the names that other statements
    of the notebook bind. unused: those of them that are functions of one value. taken: names
    that are spelled as they should be, for something else.
    """

    def __init__(
        self,
        name: str,
        form: Form,
        parameter: str,
        written: Iterable[tuple[Source, ast.stmt]],
        given: Mapping[str, Any],
        elsewhere: Iterable[str] = (),
        unused: Iterable[str] = (),
        taken: Iterable[str] = (),
    ) -> None:
        self.name, self.form, self.parameter = name, form, parameter
        self.written = [Written(source, node, parts(node)) for source, node in written]
        self.given = given
        self.elsewhere = frozenset(elsewhere)
        self.unused = sorted(unused)
        self.taken = frozenset(taken)
        self._text = _SPACE.sub(
            "", " ".join(each.source.segment(each.node) for each in self.written)
        )

    # Names ---------------------------------------------------------------------------------

    @cached_property
    def constants(self) -> list[str]:
        """Names of the top level that are given a plain value, not a definition."""
        names: dict[str, None] = {}
        for each in self.written:
            if isinstance(each.node, ast.Assign) and not isinstance(each.node.value, ast.Lambda):
                names |= {t.id: None for t in each.node.targets if isinstance(t, ast.Name)}
        names.pop(self.name, None)
        return list(names)

    @cached_property
    def top_level(self) -> frozenset[str]:
        """All names of the top level, wherever they are bound."""
        bound = {
            target.id
            for each in self.written
            if not isinstance(each.node, DEFINITIONS)
            for target in ast.walk(each.node)
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
        }
        defined = {each.node.name for each in self.written if hasattr(each.node, "name")}
        return frozenset(bound | defined | set(self.given) | self.elsewhere)

    def is_unknown(self, name: str, scope: Scope) -> bool:
        """Whether the name is bound nowhere."""
        return (
            name not in scope.locals
            and name != scope.own
            and name not in self.top_level
            and not hasattr(builtins, name)
            and name not in {"__class__", "__name__"}
        )

    def values(self, scope: Scope) -> list[str]:
        """Everything that may be meant by a name or attribute in this scope."""
        return [*scope.locals, *scope.attributes, *self.constants]

    def hypers(self, scope: Scope) -> list[str]:
        """What may hold the hyperparameter here: the likeliest first."""
        found: dict[str, None] = {}
        loss = scope.arguments
        for function in reversed(scope.functions):
            own = parameters(function)[1:] if function is scope.method else parameters(function)
            found |= {name: None for name in own if name not in loss}
        found |= dict.fromkeys(scope.attributes)
        if self.form == "function":
            found |= {name: None for name in scope.locals if name == self.parameter}
            found |= dict.fromkeys(self.constants)
        return list(found)

    # Functions of libraries ----------------------------------------------------------------

    @cached_property
    def modules(self) -> dict[str, ModuleType]:
        """The modules that the answer has imported, by the names it calls them."""
        return {name: value for name, value in self.given.items() if isinstance(value, ModuleType)}

    def is_of_a_module(self, node: ast.expr) -> bool:
        """Whether an expression such as `tf.abs` or `tf.math` begins with a module."""
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        return isinstance(root, ast.Name) and root.id in self.modules

    def called(self, function: str, *others: str) -> str:
        """How the answer would call a function of TensorFlow: by a module that it uses.

        others: what the function is called in other modules.
        """
        tensors = {n: m for n, m in self.modules.items() if m.__name__.split(".")[0] != "numpy"}
        for spelled in (function, *others):
            for name in tensors:
                if f"{name}.{spelled}(" in self._text:
                    return f"{name}.{spelled}"
        for name, module in tensors.items():
            for spelled in (function, *others):
                if module.__name__.startswith(("tensorflow", "keras")) and has(module, spelled):
                    return f"{name}.{spelled}"
        return f"__import__('tensorflow').{function}"

    # Edits ---------------------------------------------------------------------------------

    def piece(self, source: Source, node: ast.AST, text: str) -> Piece:
        """The node's text replaced."""
        start, end = source.span(node)
        return Piece(source.cell, start, end, text)

    def put(
        self,
        kind: EditKind,
        cost: int,
        source: Source,
        site: Site,
        text: str,
        *,
        atom: bool = False,
    ) -> Edit:
        """An expression replaced by another."""
        new = fitted(text, site.parent, site.field, atom=atom)
        known = 0 if kind == "labels" else self.familiar(text)
        return Edit(kind, cost - known, (self.piece(source, site.node, new),))

    def familiar(self, text: str) -> int:
        """What is taken off for a step that stands elsewhere in the answer too."""
        bare = _SPACE.sub("", text)
        if _PLAIN.fullmatch(bare):
            return 0
        return _FAMILIAR if len(bare) > 3 and bare in self._text else 0


def has(module: ModuleType, name: str) -> bool:
    """Whether the module has the name; never raises."""
    try:
        return hasattr(module, name)
    except Exception:  # noqa: BLE001 - a module may do anything when it is asked
        return False


def insertion(source: Source, at: int, text: str) -> Piece:
    """Text put in where nothing is taken away."""
    return Piece(source.cell, at, at, text)


def stretch(source: Source, node: ast.AST) -> Stretch:
    """The node as a place to look at."""
    return Stretch(source.cell, *source.span(node))


def headline(source: Source, node: ast.stmt) -> Stretch:
    """The line in which a definition begins, after its decorators."""
    start = source.offset(node.lineno, node.col_offset)
    end = source.text.find("\n", start)
    line = source.text[start : end if end >= 0 else len(source.text)].rstrip()
    return Stretch(source.cell, start, start + len(line))
