"""Applies one edit at a time and asks what the name answers then.

The imports of an answer are executed once. Everything else that the name needs is executed
anew for each edit, in a namespace of its own: what one edit left behind, no other one meets.
"""

from __future__ import annotations
import __future__

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from types import CodeType, ModuleType
from typing import Any

from ...reading import slicing
from ...reading.cells.effects import UNCOMPILABLE, compiled, no_warnings
from ...reading.cells.python_cells import filename, parse
from ...reading.documents.notebook import Notebook
from ...reading.names.pruning import Statement
from ...reading.slicing import Survey
from ...wire import Change
from ..defining import execution
from .answer import Answer, Form
from .changing import change
from .edits import Edit, applied
from .interrupting import Interrupted, limited
from .proposing import proposed
from .scope import DEFINITIONS, parameters
from .source import Source
from .steps import (
    Step,
    binding,
    code_of,
    imports,
    is_annotated,
    key,
    named,
    needs_no_annotations,
    stand_in,
    stays,
)

# What is asked of the few edits that are left may be traced, and run many times.
_LONGER = 5
# After so many edits that run on and on the others are not tried.
MOST_SLOW = 3
_ANNOTATIONS = __future__.annotations.compiler_flag
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


class Stopped(Exception):
    """Too many edits ran on and on."""


class Bench:
    """One name of a notebook, its edits, and what it answers with each of them."""

    def __init__(
        self,
        survey: Survey,
        notebook: Notebook,
        name: str,
        form: Form,
        parameter: str,
        *,
        switches: bool = False,
        taken: Iterable[str] = (),
    ) -> None:
        """Read what the name needs, and execute its imports."""
        self._survey, self._notebook, self._name = survey, notebook, name
        self._sources = {cell.number: Source(cell.number, cell.text) for cell in survey.cells}
        self._switches = switches
        needed = slicing.slice_for(survey, (name,), switches=switches)
        self._module = ModuleType("__main__")
        once = imports(needed, {id(unit.node) for unit in survey.switches})
        execution.run_in(self._module.__dict__, once, survey)
        self._base = dict(self._module.__dict__)
        written = slicing.files_of(survey, needed)
        self._once = {key(each) for each in once}
        self._steps = [self._step(each) for each in needed if each not in once]
        self._longer: dict[frozenset[str], list[Step]] = {}
        self._slow = 0
        given = {key: value for key, value in self._base.items() if not key.startswith("__")}
        answer = Answer(
            name, form, parameter,
            [
                (self._sources[each.cell], each.node)
                for each in (*(step.statement for step in self._steps), *written)
            ],
            given, self._unneeded, self._unused(), taken,
        )  # fmt: skip
        self.edits = proposed(survey, notebook, self._sources, answer, needed)

    def place(self, cell: int, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset in the text of a cell, as the student sees it."""
        if cell not in self._sources:
            return Source(cell, self._notebook.cells[cell - 1].source).position(offset)
        line, column = self._sources[cell].position(offset)
        seen = self._notebook.cells[cell - 1].source.split("\n")
        mine = self._sources[cell].lines[line - 1]
        # A common indent or a pasted prompt was taken off.
        shift = len(seen[line - 1]) - len(mine) if line <= len(seen) else 0
        return line, column + max(shift, 0) if seen[line - 1 : line] != [mine] else column

    # Trying --------------------------------------------------------------------------------

    def tried(self, number: int, ask: Callable[[Any], Any], *, long: bool = False) -> Any:
        """What `ask` gives for the name's value with the edit applied; None if it has none.

        number: of the edit, from 1; 0 for the answer as it stands. long: whether it may take
        longer. Raises Stopped once too many edits ran on and on.
        """
        if self._slow >= MOST_SLOW:
            raise Stopped
        interrupted: list[int] = []
        try:
            # What was not found has few edits, and a training may stand in what it needs.
            times = _LONGER if long or not self._steps else 1
            with limited(interrupted, times), no_warnings():
                value = self._value(number)
                return None if value is None else ask(value)
        except (Interrupted, *UNCOMPILABLE):
            return None
        finally:
            # What it was asked may have caught the interruption, and gone on.
            self._slow += bool(interrupted)

    def _value(self, number: int) -> Any:
        edit = self.edits[number - 1] if number else None
        nodes = self._rewritten(edit)
        if nodes is None:
            return self.executed(number).globals.get(self._name)
        sys.modules["__main__"] = self._module
        self._show(edit)
        space = self._module.__dict__
        space.clear()
        space.update(self._base)
        self._run(nodes, space)
        return space.get(self._name)

    def _show(self, edit: Edit | None) -> None:
        """Give AutoGraph, which `tf.function` brings along, the source of what it converts."""
        for cell in {step.statement.cell for step in self._steps}:
            pieces = [piece for piece in edit.pieces if piece.cell == cell] if edit else []
            execution.show_lines(cell, applied(self._sources[cell].text, pieces))

    def change(self, number: int) -> Change:
        """What an edit is about."""
        return change(self._sources, self.edits[number - 1])

    def executed(self, number: int) -> execution.Namespace:
        """The answer with the edit applied, executed from its bytes on."""
        survey = self._changed(self.edits[number - 1]) if number else self._survey
        needed = slicing.slice_for(survey, (self._name,), switches=self._switches)
        return execution.execute(needed, survey)

    def _changed(self, edit: Edit) -> Survey:
        """The notebook with the edit in it, read anew where it changed."""
        cells = []
        for cell in self._survey.cells:
            pieces = [piece for piece in edit.pieces if piece.cell == cell.number]
            cells.append(parse(cell.number, applied(cell.text, pieces)) if pieces else cell)
        if edit.as_code:
            source = self._notebook.cells[edit.as_code - 1].source
            cells.append(parse(edit.as_code, source))
            cells.sort(key=lambda cell: cell.number)
        return slicing.edited(self._notebook, cells, switching=self._switches)

    # The short way: one statement compiled anew --------------------------------------------

    def _rewritten(self, edit: Edit | None) -> list[tuple[Statement, CodeType]] | None:
        """All statements with their code; None if the edit changes which ones are needed."""
        where = self._where(edit) if edit is not None else -1
        if where is None:
            return None
        steps, changed = self._steps, None
        anew: list[tuple[Statement, CodeType]] = []
        if edit is not None:
            changed = steps[where]
            anew = list(self._reparsed(edit, changed))
            # What it does not bind any more, an earlier statement may have bound.
            old = binding([changed.statement.node])
            if not binding(each.node for each, _ in anew) >= old:
                return None
            # The new text may name something of the notebook that was not needed before.
            read = named(code for _, code in anew) - named([changed.code])
            if more := read & self._unneeded:
                steps = self._steps_with(frozenset(more))
        result: list[tuple[Statement, CodeType]] = []
        for step in steps:
            if step is changed:
                result += anew
            elif step.code is None:
                return None
            else:
                result.append((step.statement, step.code))
        return result

    def _where(self, edit: Edit) -> int | None:
        """Which statement the edit is within; None if none alone."""
        if edit.as_code or not edit.pieces:
            return None
        for at, step in enumerate(self._steps):
            node, cell = step.statement.node, step.statement.cell
            start, end = self._sources[cell].span(node)
            if all(p.cell == cell and start <= p.start and p.end <= end for p in edit.pieces):
                return None if isinstance(node, _COMPOUND) else at
        return None

    def _steps_with(self, names: frozenset[str]) -> list[Step]:
        """The statements that are needed together with these names."""
        if names not in self._longer:
            own = {key(step.statement): step for step in self._steps}
            needed = slicing.slice_for(
                self._survey, (self._name, *sorted(names)), switches=self._switches
            )
            self._longer[names] = [
                own.get(key(each)) or self._step(each)
                for each in needed
                if key(each) not in self._once
            ]
        return self._longer[names]

    def _step(self, statement: Statement) -> Step:
        node = statement.node
        body = None
        if isinstance(node, DEFINITIONS) and not is_annotated(node):
            body = self._sources[statement.cell].span(node.body[0])[0]
        return Step(statement, code_of(statement), body)

    @cached_property
    def _unneeded(self) -> frozenset[str]:
        """Names that the notebook binds at its top level and the answer does not need."""
        needed = {name for step in self._steps for name in step.statement.binds}
        return frozenset(
            name
            for name, events in self._survey.links.events.items()
            if events and name not in needed and name not in self._base
        )

    def _unused(self) -> list[str]:
        """Functions of one value that the notebook has, and that nothing in it calls."""
        asked = {finding.name for finding in self._survey.findings}
        units = self._survey.links.units
        used = {
            name
            for unit in units
            for name in unit.effects.reads | unit.effects.reads_later
            if name != getattr(unit.node, "name", None)
        }
        return [
            unit.node.name
            for unit in units
            if isinstance(unit.node, ast.FunctionDef)
            and unit.node.name in self._unneeded - asked - used
            and len(parameters(unit.node)) == 1
        ]

    def _reparsed(self, edit: Edit, step: Step) -> Iterator[tuple[Statement, CodeType]]:
        old = step.statement
        source = self._sources[old.cell]
        start, end = source.span(old.node)
        pieces = [replace(p, start=p.start - start, end=p.end - start) for p in edit.pieces]
        line, _ = source.position(start)
        text = "\n" * (line - 1) + applied(source.text[start:end], pieces)
        if step.body is not None and all(stays(source, step.body, p) for p in edit.pieces):
            # What it binds is what it bound, and to compile a text takes half as long.
            flags = old.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            code = compile(text, filename(old.cell), "exec", flags=flags, dont_inherit=True)
            yield replace(old, node=stand_in(old.node)), code
            return
        for node in ast.parse(text).body:
            new = replace(old, node=node)
            yield new, compiled(node, filename(old.cell), old.flags)

    def _execute(self, statement: Statement, code: CodeType, space: dict[str, Any]) -> None:
        try:
            eval(code, space)  # noqa: S307 - this is what the wall is for
        except (NameError, ImportError) as error:
            if not needs_no_annotations(statement, error):
                raise
            flags = statement.flags | _ANNOTATIONS
            eval(compiled(statement.node, filename(statement.cell), flags), space)  # noqa: S307

    def _run(self, statements: Sequence[tuple[Statement, CodeType]], space: dict[str, Any]) -> None:
        """Run the statements; again those that wanted a name which came later."""
        pending = list(statements)
        while pending:
            waiting = []
            for old, code in pending:
                try:
                    self._execute(old, code, space)
                except NameError:
                    waiting.append((old, code))
                except (Interrupted, MemoryError):
                    raise
                except BaseException:  # noqa: BLE001, S112 - what it would have bound is missing
                    continue
            pending = waiting if len(waiting) < len(pending) else []
