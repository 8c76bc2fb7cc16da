"""Ways to change a program: those of cosmic-ray, and four that it has not.

An operator finds the places of a syntax tree where it can change something, and changes one
of them. cosmic-ray's own replace operators, comparisons, numbers and truth values; those
here take away what people forget, and confuse what people confuse. cosmic-ray's operators
on variables are left out: they draw random numbers, and a validation has to repeat itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cosmic_ray import plugins
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Name

Node = Any  # parso's nodes carry attributes by their kind, which its types do not show
Position = tuple[tuple[int, int], tuple[int, int]]

_LEFT_OUT = ("VariableReplacer", "VariableInserter", "NoOp")


def all_operators() -> dict[str, type[Operator]]:
    """Every operator by a short name, in a fixed order."""
    theirs = {
        name.rpartition("/")[2]: plugins.get_operator(name) for name in plugins.operator_names()
    }
    kept = {name: operator for name, operator in theirs.items() if name not in _LEFT_OUT}
    ours = (RemoveStatement, DropCall, SwapArguments, ReplaceName)
    return dict(sorted(kept.items())) | {operator.__name__: operator for operator in ours}


class RemoveStatement(Operator):  # type: ignore[misc]
    """A statement becomes `pass`; a docstring stays."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        """A line that holds a statement of its own."""
        if node.type == "simple_stmt" and node.children[0].type != "string":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """`pass` in its place, at its indent."""
        assert index == 0  # noqa: S101 - the library asks for positions it was given
        node.children[0] = _leaf("pass", node.children[0])
        return node

    @classmethod
    def examples(cls) -> Iterable[Example]:
        """For the library's own reports."""
        return (Example("x = 1\n", "pass\n"),)


class DropCall(Operator):  # type: ignore[misc]
    """A call becomes its first argument: f(x, y) -> x."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        """A call with an argument that is given by position."""
        if _arguments(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """The argument alone, in brackets."""
        assert index == 0  # noqa: S101 - as above
        return _leaf(f"({_arguments(node)[0].get_code(include_prefix=False)})", node)

    @classmethod
    def examples(cls) -> Iterable[Example]:
        """For the library's own reports."""
        return (Example("f(x, y)", "(x)"),)


class SwapArguments(Operator):  # type: ignore[misc]
    """Two arguments that stand next to each other change places: f(x, y) -> f(y, x)."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        """Each pair of neighbours among the arguments given by position."""
        for _ in _arguments(node)[1:]:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """The call with the pair at `index` exchanged."""
        one, other = _arguments(node)[index : index + 2]
        siblings = one.parent.children
        here, there = siblings.index(one), siblings.index(other)
        one_leaf = _leaf(other.get_code(include_prefix=False), one)
        other_leaf = _leaf(one.get_code(include_prefix=False), other)
        siblings[here], siblings[there] = one_leaf, other_leaf
        return node

    @classmethod
    def examples(cls) -> Iterable[Example]:
        """For the library's own reports."""
        return (Example("f(x, y)", "f(y, x)"),)


class ReplaceName(Operator):  # type: ignore[misc]
    """A variable becomes another one of the function, defined before: what a slip gives."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        """A name that is read, once for each other name it may be taken for."""
        for _ in _others(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """The other name in its place."""
        return _leaf(_others(node)[index], node)

    @classmethod
    def examples(cls) -> Iterable[Example]:
        """For the library's own reports."""
        return (Example("def f(x, y):\n    return x\n", "def f(x, y):\n    return y\n"),)


def _leaf(code: str, instead_of: Node) -> Name:
    """A leaf that prints `code`, with the space that stood before what it replaces."""
    prefix = instead_of.get_first_leaf().prefix
    leaf = Name(code, instead_of.start_pos, prefix=prefix)
    leaf.parent = instead_of.parent
    return leaf


def _arguments(node: Node) -> list[Node]:
    """The arguments given by position, if the node ends in a call that has some."""
    if node.type not in {"atom_expr", "power"}:
        return []
    last = node.children[-1]
    if last.type != "trailer" or last.children[0] != "(" or len(last.children) < 3:
        return []
    inner = last.children[1]
    each = inner.children[::2] if inner.type == "arglist" else [inner]
    return [argument for argument in each if argument.type != "argument"]


def _others(node: Node) -> list[str]:
    """The names that this one may be taken for; none if it is no variable that is read."""
    if node.type != "name" or node.is_definition(include_setitem=True):
        return []
    parent = node.parent
    if parent.type == "trailer" and parent.children[0] == ".":
        return []  # an attribute
    if parent.type == "argument" and parent.children[0] is node:
        return []  # the name of a keyword
    known = _variables(node)
    return [name for name in known if name != node.value] if node.value in known else []


def _variables(node: Node) -> list[str]:
    """The variables of the functions around the node that are defined before it."""
    names: dict[str, None] = {}
    around = _function_around(node)
    while around is not None:
        for leaf in _leaves(around):
            if leaf.type != "name" or not leaf.is_definition() or _owner(leaf) is not around:
                continue
            if leaf.start_pos < node.start_pos and not _within_itself(leaf, node):
                names[leaf.value] = None
        around = _function_around(around)
    names.pop("self", None)
    return list(names)


def _within_itself(definition: Node, node: Node) -> bool:
    """Whether the node stands in the very assignment or function that gives the name its value."""
    statement = definition.get_definition()
    return statement.type in {"expr_stmt", "funcdef"} and bool(node.start_pos < statement.end_pos)


def _owner(definition: Node) -> Node | None:
    """The function whose variable this is; a nested function's name belongs to the outer one."""
    around = _function_around(definition)
    named = around is not None and around.name is definition
    return _function_around(around) if named else around


def _function_around(node: Node) -> Node | None:
    parent = node.parent
    while parent is not None and parent.type != "funcdef":
        parent = parent.parent
    return parent


def _leaves(node: Node) -> Iterator[Node]:
    if hasattr(node, "children"):
        for child in node.children:
            yield from _leaves(child)
    else:
        yield node
