"""Executing a slice: a fresh namespace, each statement on its own.

A statement that raises, whatever it raises, costs what it would have bound and nothing
else: the next ones run, as a student goes on to the next cell.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
import linecache
import re
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from types import ModuleType, TracebackType
from typing import Any

from ...reading.cells.effects import compiled, no_warnings
from ...reading.cells.python_cells import filename
from ...reading.cells.written import File, Files
from ...reading.names.pruning import IMPORT_FAILED, Statement
from ...reading.slicing import Survey, slice_of
from ...wire import Spot
from .absent import Absent, display, get_ipython
from .importing import Importer
from .patience import Patience

_CELL = re.compile(r"<cell (\d{1,7})>\Z")
_IN_TEXT = re.compile(r'File "<cell (\d{1,7})>", line (\d{1,7})\b')
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ANNOTATIONS = __future__.annotations.compiler_flag
_FILE = re.compile(r" \([^()]*\.(?:py|so|pyi)\)| \(unknown location\)")
_MISSING = object()
# A chain of causes is made by student code and may be long, or a circle.
_MAX_CAUSES = 20


@dataclass(frozen=True)
class Namespace:
    """What a slice left behind.

    globals: the names that are bound, without stand-ins for what could not be imported.
    failures: for a name that a statement should have bound, what the last such statement
    raised. A name may be in both: then an earlier definition of it is still there.
    """

    globals: dict[str, Any]
    failures: dict[str, BaseException] = field(default_factory=dict)


def execute(statements: Iterable[Statement], survey: Survey) -> Namespace:
    """Execute the statements in order. Never raises for what they do.

    The namespace is that of a module `__main__`, which takes the place of the running one
    in `sys.modules`: dataclasses and pickling look their classes up there.
    """
    for cell in survey.cells:
        show_lines(cell.number, cell.text)
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    if survey.files:
        Importer(survey.files, partial(_executed, survey.files), survey.imported).install()
    execution = _Execution(module.__dict__)
    given = dict(module.__dict__)
    execution.run(statements)
    bound = {
        name: value
        for name, value in list(module.__dict__.items())
        if type(value) is not Absent and value is not given.get(name, _MISSING)
    }
    return Namespace(bound, execution.failures)


def _executed(files: Files, file: File, space: dict[str, Any]) -> dict[str, BaseException]:
    """Execute a file that the notebook has written, and say what failed in it."""
    execution = _Execution(space)
    execution.run(slice_of(file, files))
    return execution.failures


def run_in(space: dict[str, Any], statements: Iterable[Statement], survey: Survey) -> None:
    """Execute the statements in this namespace; stand-ins for what is missing stay in it."""
    if survey.files:
        Importer(survey.files, partial(_executed, survey.files), survey.imported).install()
    _Execution(space).run(statements)


def place_of(error: BaseException) -> Spot | None:
    """The innermost line of the notebook that an exception came through, if there is one.

    Where the exception itself has none, the exceptions that caused it are asked.
    """
    current: BaseException | None = error
    try:
        for _ in range(_MAX_CAUSES):
            if current is None:
                break
            spot = _in_traceback(current.__traceback__) or _in_graph(current)
            if spot:
                return spot
            current = current.__cause__ or current.__context__
        return _in_text(str(error))
    except Exception:  # noqa: BLE001 - an exception class of student code may do anything
        return None


class _Execution:
    """One namespace while statements run in it."""

    def __init__(self, space: dict[str, Any]) -> None:
        self.failures: dict[str, BaseException] = {}
        self._space = space
        self._failed_imports: set[str] = set()
        self._patience = Patience()
        space["__builtins__"] = __builtins__
        space["get_ipython"] = get_ipython
        space["display"] = display
        space[IMPORT_FAILED] = self._import_failed

    def run(self, statements: Iterable[Statement]) -> None:
        """Run the statements, and again those that wanted a name which came later.

        Cells need not stand in the order they were run in; the last definition counts.
        """
        pending = list(statements)
        while pending:
            waiting: list[Statement] = []
            before = len(pending)
            for statement in pending:
                error = self._run(statement)
                if error is None:
                    waiting = [other for other in waiting if not other.binds & statement.binds]
                elif isinstance(error, NameError):
                    waiting.append(statement)
            # A round in which nothing came right would repeat itself for ever.
            pending = waiting if len(waiting) < before else []
        self._space.pop(IMPORT_FAILED, None)

    def _run(self, statement: Statement) -> BaseException | None:
        self._failed_imports.clear()
        error = self._attempt(statement, statement.flags)
        if isinstance(statement.node, _DEFINITIONS) and self._is_missing(error):
            # What is missing may be named in an annotation alone, whose value nobody needs.
            error = self._attempt(statement, statement.flags | _ANNOTATIONS)
        if error is not None and isinstance(statement.node, ast.With):
            error = self._definitions_alone(statement, statement.node, error)
        for name in statement.binds:
            if error is not None:
                self.failures[name] = error
            elif name not in self._failed_imports:
                self.failures.pop(name, None)
        return error

    def _is_missing(self, error: BaseException | None) -> bool:
        """Whether the error comes from an import, or from what an import should have given."""
        if isinstance(error, NameError):
            return error.name in self.failures
        return isinstance(error, ImportError)

    def _definitions_alone(
        self, statement: Statement, node: ast.With, error: BaseException
    ) -> BaseException | None:
        """What is defined under a `with` whose context can't be had here: a device, a file."""
        if statement.binds & self._space.keys():
            return error
        inner = [each for each in node.body if isinstance(each, _DEFINITIONS)]
        tried = [self._attempt(replace(statement, node=each), statement.flags) for each in inner]
        return None if inner and all(each is None for each in tried) else error

    def _attempt(self, statement: Statement, flags: int) -> BaseException | None:
        try:
            with no_warnings():
                code = compiled(statement.node, filename(statement.cell), flags)
            with nullcontext() if _is_quick(statement.node) else self._patience.limited():
                # Code with a top-level `await` gives a coroutine; any other is done by then.
                result = eval(code, self._space)  # noqa: S307 - this is what the wall is for
                if inspect.iscoroutine(result):
                    asyncio.run(result)
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are theirs too
            return error
        return None

    def _import_failed(self, name: str) -> None:
        """Called inside an `except:` around an import, with the name it should have bound."""
        error = sys.exception()
        if not isinstance(error, Exception | SystemExit):
            raise error or RuntimeError("no import has failed")
        self.failures[name] = error
        self._failed_imports.add(name)
        # As in Python, a name that was bound before is still bound; `import a.gone` has
        # imported `a`, which is good for all else.
        if name == "*" or name in self._space:
            return
        if name in sys.modules and _imports(error, name):
            self._space[name] = sys.modules[name]
        else:
            self._space[name] = Absent(_as_import_error(error))


def _is_quick(node: ast.stmt) -> bool:
    """Whether the statement defines or imports: a large library may take its time."""
    if isinstance(node, _DEFINITIONS):
        return True
    return any(isinstance(each, ast.Import | ast.ImportFrom) for each in ast.walk(node))


def _imports(error: BaseException, name: str) -> bool:
    """Whether the failed import was of a module inside `name`."""
    return isinstance(error, ImportError) and str(error.name or "").startswith(f"{name}.")


def _as_import_error(error: BaseException) -> ImportError:
    spot = place_of(error)
    place = f" (imported in cell {spot.cell}, line {spot.line})" if spot else ""
    if isinstance(error, ImportError):
        # Where a library lies on this machine is of no use to a student.
        text = _FILE.sub("", str(error.msg))
        kind = ModuleNotFoundError if isinstance(error, ModuleNotFoundError) else ImportError
        return kind(f"{text}{place}", name=error.name)
    return ImportError(f"{type(error).__name__}: {error}{place}")


def show_lines(cell: int, text: str) -> None:
    """Give tracebacks, `inspect` and AutoGraph the source of a cell."""
    lines = [line + "\n" for line in text.split("\n")]
    # Without a time of change the entry is never looked for on disk.
    linecache.cache[filename(cell)] = (len(text), None, lines, filename(cell))


def _in_traceback(traceback: TracebackType | None) -> Spot | None:
    spot = None
    while traceback is not None:
        match = _CELL.match(traceback.tb_frame.f_code.co_filename)
        if match:
            spot = Spot(int(match[1]), traceback.tb_lineno or 1)
        traceback = traceback.tb_next
    return spot


def _in_graph(error: BaseException) -> Spot | None:
    """The place that TensorFlow noted when AutoGraph had rewritten the function."""
    metadata = getattr(error, "ag_error_metadata", None)
    for frame in getattr(metadata, "translated_stack", ()):
        match = _CELL.match(str(frame.filename))
        if match:
            return Spot(int(match[1]), min(int(frame.lineno), 2**31))
    return None


def _in_text(text: str) -> Spot | None:
    """The place that TensorFlow wrote into its message when an operation of a graph failed."""
    places = _IN_TEXT.findall(text)
    return Spot(int(places[-1][0]), int(places[-1][1])) if places else None
