"""Which units some names need: what binds or changes them, what that needs, and so on.

Reading a name at once needs what came before, or what comes after if nothing did. A name
read inside a function is looked up when the function is called, so it needs everything.
A block that is kept keeps the road to it: the tests, iterables and contexts around it.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable

from .linking import Links
from .outline import Unit

_ENDING = (ast.Break, ast.Continue)
_FINITE = frozenset({"range", "enumerate", "zip", "reversed", "sorted", "list", "tuple", "set"})
_FINITE_METHODS = frozenset({"items", "keys", "values", "split"})
_PLAIN = (
    ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant,
    ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context,
)  # fmt: skip


def needed(links: Links, names: Iterable[str], units: Iterable[Unit] = ()) -> set[int]:
    """The positions of the units that `names` need, star imports among them, and `units`."""
    needs = _Needs(links)
    for unit in (*links.stars, *units):
        needs.keep(unit)
    for name in names:
        needs.before(name, len(links.units))
    needs.settle()
    return needs.kept


class _Needs:
    """The units kept so far, and those whose own needs are still to be looked at."""

    def __init__(self, links: Links) -> None:
        self.kept: set[int] = set()
        self._links = links
        self._pending: list[Unit] = []
        self._seen: dict[str, set[int]] = {}
        self._always: set[str] = set()
        self._whole: set[int] = set()

    def settle(self) -> None:
        """Follow all needs to their end."""
        while self._pending:
            unit = self._pending.pop()
            # Inside a compound statement what comes later may have come before: loops.
            at = unit.position if unit.is_top and not unit.is_compound else unit.end
            for name in unit.effects.reads:
                self.before(name, at)
            for name in unit.effects.reads_later:
                self._whenever(name)
            self._keep_structure(unit)

    def keep(self, unit: Unit) -> None:
        """Keep one unit; its needs are looked at later."""
        if unit.position not in self.kept and not unit.problem:
            self.kept.add(unit.position)
            self._pending.append(unit)

    def before(self, name: str, at: int) -> None:
        """Keep what makes `name` what it is at a position."""
        events = self._links.events.get(name, ())
        seen = self._seen.setdefault(name, set())
        last = bisect_left(events, at, key=lambda event: event.position) - 1
        if last < 0:
            # Written below: cells may stand in another order than they were run in.
            self._whenever(name)
        for i in range(last, -1, -1):
            # From an event already seen, all before it was looked at too.
            if i in seen:
                break
            seen.add(i)
            self.keep(self._links.units[events[i].position])
            if events[i].ends:
                break

    def _whenever(self, name: str) -> None:
        """Keep all that binds or changes `name`, whenever it is looked up."""
        if name not in self._always:
            self._always.add(name)
            for event in self._links.events.get(name, ()):
                self.keep(self._links.units[event.position])

    def _keep_structure(self, unit: Unit) -> None:
        """Keep what decides whether and how often the unit runs."""
        parent = unit.parent
        if parent:
            self.keep(parent)
            if _decided_by_body(unit, parent) and parent.position not in self._whole:
                self._whole.add(parent.position)
                for part in parent.parts:
                    if part.role == "body":
                        self._keep_whole(part)
        if unit.is_loop:
            leaves = _leaves(unit)
            if _may_not_end(unit, leaves):
                self._keep_whole(unit)
            for leaf in leaves:
                self.keep(leaf)
        elif isinstance(unit.node, ast.Try | ast.TryStar) and unit.node.handlers:
            # Whether an import works is what such a block is mostly about.
            for part in unit.within():
                if part.is_import and part.caught:
                    self.keep(part)

    def _keep_whole(self, unit: Unit) -> None:
        self.keep(unit)
        for part in unit.within():
            self.keep(part)


def _decided_by_body(unit: Unit, parent: Unit) -> bool:
    """Whether it depends on the body of a `try` if the unit runs."""
    return isinstance(parent.node, ast.Try | ast.TryStar) and unit.role in {"handler", "orelse"}


def _leaves(loop: Unit) -> list[Unit]:
    """The `break` and `continue` of a loop; those of loops inside it are their own."""
    found: list[Unit] = []
    pending = [part for part in loop.parts if part.role == "body"]
    while pending:
        unit = pending.pop()
        if isinstance(unit.node, _ENDING):
            found.append(unit)
        # The `else` of an inner loop belongs to the outer one.
        pending += [part for part in unit.parts if not unit.is_loop or part.role == "orelse"]
    return found


def _may_not_end(loop: Unit, leaves: list[Unit]) -> bool:
    """Whether the loop might not end once statements in it are left out."""
    node = loop.node
    if isinstance(node, ast.While):
        # `while n < 3` ends by what binds `n`, which is kept. Anything else is taken as is.
        return not isinstance(node.test, ast.Compare) or not all(
            isinstance(part, _PLAIN) for part in ast.walk(node.test)
        )
    if isinstance(node, ast.For):
        breaks = any(isinstance(leaf.node, ast.Break) for leaf in leaves)
        return breaks and not _is_finite(node.iter)
    return True


def _is_finite(iterable: ast.expr) -> bool:
    if isinstance(iterable, ast.Tuple | ast.List | ast.Set | ast.Dict | ast.Constant):
        return True
    if not isinstance(iterable, ast.Call):
        return False
    function = iterable.func
    if isinstance(function, ast.Attribute):
        return function.attr in _FINITE_METHODS
    return (
        isinstance(function, ast.Name)
        and function.id in _FINITE
        and all(function.id == "range" or _is_finite(part) for part in iterable.args[:1])
    )
