"""Which units bind or change which name, over the whole notebook.

Changing an object is an event of its name like binding it, so that a constant that is
filled in a later cell is complete. What an import gave is never changed: settings of
TensorFlow and patched libraries are nobody's exercise.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from .mutation import changed_inside, parameters_changed
from .outline import Unit

# How far aliases and calls are followed: more than any person writes, and the work stays small.
_MAX_ALIASES = 64
_MAX_CALLS = 200
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Event:
    """A unit that binds or changes a name. ends: what came before no longer matters."""

    position: int
    ends: bool


@dataclass
class Links:
    """The units of a notebook, and the events of each name in order."""

    units: Sequence[Unit]
    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def stars(self) -> list[Unit]:
        """The star imports, each of which may bind anything."""
        return [unit for unit in self.units if unit.is_star and not unit.problem]

    def binders(self, name: str) -> list[Unit]:
        """The units that bind or delete the name itself, in order."""
        units = (self.units[event.position] for event in self.events.get(name, ()))
        return [unit for unit in units if name in bound(unit) or name in unit.effects.deletes]


def bound(unit: Unit) -> frozenset[str]:
    """The names that the unit binds at once."""
    return unit.effects.binds | unit.changes.binds


def link(units: Sequence[Unit]) -> Links:
    """Collect the events of all names."""
    return _Linker(units).links


class _Linker:
    """Goes through the units in order and knows which names share an object at that moment."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.links = Links(units)
        self._sharing: dict[str, set[str]] = {}
        self._modules: set[str] = set()
        self._functions: dict[str, list[Unit]] = defaultdict(list)
        # What was found out of functions, by their units' positions.
        self._inside: dict[int, frozenset[str]] = {}
        self._filling: dict[int, frozenset[int | str]] = {}
        self._writes: dict[str, frozenset[str]] = {}
        usable = [unit for unit in units if not unit.problem]
        for unit in usable:
            for name in _functions_of(unit):
                self._functions[name].append(unit)
        for _, statement in groupby(usable, key=lambda unit: unit.end):
            self._read(list(statement))

    def _read(self, statement: list[Unit]) -> None:
        """Note the events of a top-level statement and what it binds."""
        if len(statement) == 1 and statement[0].is_top and not statement[0].is_compound:
            self._note(statement[0])
            self._bind(statement[0])
            return
        # In a loop, what is bound further down is there in the next round.
        for unit in statement:
            self._bind(unit)
        for unit in statement:
            self._note(unit)

    def _note(self, unit: Unit) -> None:
        names = bound(unit)
        others = set(unit.effects.deletes)
        for name in unit.changes.roots:
            others |= self._objects(name)
        for name, arguments in unit.changes.calls:
            if name in self._functions:
                for written in self._written_by(name):
                    others |= self._objects(written) | {written}
                others |= self._filled_by(name, arguments)
        for name in sorted(names | others):
            ends = name in names and _ends(unit)
            self.links.events[name].append(Event(unit.position, ends))

    def _bind(self, unit: Unit) -> None:
        if isinstance(unit.node, ast.AugAssign):
            return  # `M += [1]` leaves a list the same list
        is_import = unit.is_import and not unit.is_written
        is_module = is_import or (unit.is_same and unit.sources <= self._modules)
        sources = unit.sources - self._modules
        for name in bound(unit):
            if is_module:
                self._modules.add(name)
            elif unit.is_top:
                # In a branch, the name may still be the module: `except: tfa = None`.
                self._modules.discard(name)
            self._share(name, sources, is_certain=unit.is_top and not unit.is_compound)

    def _share(self, name: str, sources: Iterable[str], *, is_certain: bool) -> None:
        """From now on, `name` may be or hold what the sources are."""
        if is_certain and name not in sources and (old := self._sharing.pop(name, None)):
            old.discard(name)
        for source in sources:
            mine = self._sharing.setdefault(name, {name})
            other = self._sharing.setdefault(source, {source})
            if mine is not other and len(mine) + len(other) <= _MAX_ALIASES:
                mine |= other
                for each in other:
                    self._sharing[each] = mine

    def _objects(self, name: str) -> set[str]:
        """The names that may share what `name` is; none if an import gave it."""
        return set() if name in self._modules else self._sharing.get(name, {name})

    def _filled_by(self, function: str, arguments: dict[int | str, str]) -> set[str]:
        """The names that a function of the notebook changes as its arguments."""
        filled: set[str] = set()
        if arguments:
            for unit in self._functions[function]:
                if unit.position not in self._filling:
                    self._filling[unit.position] = parameters_changed(unit.node)
                for place in self._filling[unit.position] & arguments.keys():
                    filled |= self._objects(arguments[place])
        return filled

    def _written_by(self, function: str) -> frozenset[str]:
        """The global names that a function binds or changes, itself or by calling others."""
        if function not in self._writes:
            written: set[str] = set()
            seen, pending = {function}, [function]
            while pending:
                for unit in self._functions[pending.pop()]:
                    later = unit.effects.reads_later
                    # Calling any method counts at the top level, where students tinker; in
                    # functions it would make every training loop part of a slice.
                    if unit.position not in self._inside:
                        self._inside[unit.position] = changed_inside(unit.node)
                    inside = self._inside[unit.position]
                    written |= unit.effects.writes_later
                    written |= (inside & later) - self._modules
                    for name in sorted(later):
                        if name in self._functions and name not in seen and len(seen) < _MAX_CALLS:
                            seen.add(name)
                            pending.append(name)
            self._writes[function] = frozenset(written)
        return self._writes[function]


def _functions_of(unit: Unit) -> Iterable[str]:
    if isinstance(unit.node, _DEFINITIONS):
        return (unit.node.name,)
    if isinstance(unit.node, ast.Assign) and isinstance(unit.node.value, ast.Lambda):
        return unit.effects.binds
    return ()


def _ends(unit: Unit) -> bool:
    """Whether the unit surely binds what it binds: then nothing before it is needed."""
    if not unit.is_top or unit.effects.reads:
        return False
    if isinstance(unit.node, ast.FunctionDef):
        return not unit.changes.calls and not unit.node.decorator_list
    return (
        isinstance(unit.node, ast.Assign)
        and isinstance(unit.node.value, ast.Constant | ast.Lambda)
        and all(isinstance(target, ast.Name) for target in unit.node.targets)
    )
