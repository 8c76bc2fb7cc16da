"""Which names can be seen from where in a statement, and the sites of its expressions."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeGuard

from .source import children

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# In these an expression is no step of the answer.
_ASIDE = frozenset({"decorator_list", "annotation", "returns", "type_params", "bases", "keywords"})


@dataclass(frozen=True)
class Scope:
    """Where something stands: the functions around it, outermost first, and the class.

    outside: how many of the functions are around the class.
    """

    functions: tuple[Function, ...] = ()
    home: ast.ClassDef | None = None
    outside: int = 0

    @cached_property
    def locals(self) -> list[str]:
        """The variables of all functions around, the innermost first, without `self`."""
        names: dict[str, None] = {}
        for function in reversed(self.functions):
            names |= dict.fromkeys(parameters(function))
            names |= dict.fromkeys(assigned(function))
        if self.home is not None:
            names.pop(self.own, None)
        return list(names)

    @cached_property
    def own(self) -> str:
        """What the methods here call their object."""
        names = parameters(self.method)
        return names[0] if names else "self"

    @cached_property
    def method(self) -> Function | None:
        """The method of the class that this stands in, if it does."""
        if self.home is None or len(self.functions) <= self.outside:
            return None
        return self.functions[self.outside]

    @cached_property
    def attributes(self) -> list[str]:
        """The attributes that the class gives its objects, as `self.x`."""
        if self.home is None or self.method is None:
            return []
        return [f"{self.own}.{name}" for name in attributes(self.home)]

    @cached_property
    def arguments(self) -> list[str]:
        """The parameters of the innermost function that takes two or more: those of the loss."""
        for function in reversed(self.functions):
            names = parameters(function)
            if function is self.method:
                names = names[1:]
            if len(names) >= 2:
                return names[:2]
        return []


@dataclass(frozen=True, slots=True)
class Site:
    """An expression: what it is a part of, by which field, and what is seen from there.

    statement: the innermost statement around it.
    """

    node: ast.expr
    parent: ast.AST
    field: str
    scope: Scope
    statement: ast.stmt


@dataclass(frozen=True, slots=True)
class Place:
    """A statement: the block that it stands in, its position there, and what is seen there."""

    node: ast.stmt
    block: list[ast.stmt]
    position: int
    parent: ast.AST | None
    scope: Scope


@dataclass
class Parts:
    """The expressions and statements of one top-level statement."""

    sites: list[Site] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def parts(statement: ast.stmt) -> Parts:
    """All sites and places in the statement, itself included."""
    found = Parts()
    _statement(found, Place(statement, [statement], 0, None, Scope()))
    return found


def parameters(function: Function | None) -> list[str]:
    """The names of a function's parameters that can be given by position, then the others."""
    if function is None:
        return []
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [each.arg for each in every]


def assigned(function: Function) -> list[str]:
    """The names that a function binds itself, in order."""
    names: dict[str, None] = {}
    pending: list[ast.AST] = list(function.body) if isinstance(function.body, list) else []
    while pending:
        node = pending.pop(0)
        if isinstance(node, DEFINITIONS):
            names[node.name] = None
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        pending[:0] = [part for _, part in children(node)]
    return list(names)


def attributes(home: ast.ClassDef) -> list[str]:
    """The attributes that are assigned in a class, on its objects or on itself."""
    names: dict[str, None] = {}
    for node in ast.walk(home):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names[node.attr] = None
    for node in home.body:
        if isinstance(node, ast.Assign):
            names |= {each.id: None for each in node.targets if isinstance(each, ast.Name)}
    return list(names)


def _statement(found: Parts, place: Place) -> None:
    found.places.append(place)
    node, scope = place.node, place.scope
    inside = scope
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inside = replace(scope, functions=(*scope.functions, node))
    elif isinstance(node, ast.ClassDef):
        inside = Scope(scope.functions, node, len(scope.functions))
    for name, part in children(node):
        if name in _ASIDE and isinstance(node, DEFINITIONS):
            continue
        if name == "annotation":
            continue
        _part(found, part, node, name, inside, node)


def _part(
    found: Parts, node: ast.AST, parent: ast.AST, name: str, scope: Scope, statement: ast.stmt
) -> None:
    if isinstance(node, ast.stmt):
        block = getattr(parent, name)
        place = Place(node, block, block.index(node), parent, scope)
        _statement(found, place)
        return
    if isinstance(node, ast.expr) and not _is_docstring(node, parent):
        found.sites.append(Site(node, parent, name, scope, statement))
    if isinstance(node, ast.JoinedStr):
        return  # before Python 3.12 the places inside are wrong
    inside = scope
    if isinstance(node, ast.Lambda):
        inside = replace(scope, functions=(*scope.functions, node))
    for part_name, part in children(node):
        if part_name != "annotation":
            _part(found, part, node, part_name, inside, statement)


def _is_docstring(node: ast.expr, parent: ast.AST) -> bool:
    return isinstance(parent, ast.Expr) and isinstance(node, ast.Constant)


def is_read(node: ast.AST) -> TypeGuard[ast.Name]:
    """Whether it is a name that is read."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
