"""Runs the rubric with pytest, inside the judge, against attempts behind the wall."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

import numpy as np
import pytest

from grader import kit
from grader.errors import FaultError
from grader.judging.needs import Made, uncounted, unmet
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt
from grader.kit.checks import CheckRow, Needs
from grader.kit.interface import CheckFailed, NoAnswer, NotReached
from grader.kit.parts import PARTS
from grader.report import CheckStatus, Place

_KIT = Path(kit.__file__).parent
_DECIDING = frozenset({".py", ".toml"})

_OPTIONS = (
    "--config-file=/dev/null",
    "--noconftest",
    "--disable-plugin-autoload",
    "--assert=plain",
    "--capture=no",
    *(
        f"-pno:{plugin}"
        for plugin in (
            "cacheprovider",
            "doctest",
            "faulthandler",
            "junitxml",
            "logging",
            "pastebin",
            "stepwise",
            "terminal",
            "threadexception",
            "tmpdir",
            "unittest",
            "unraisableexception",
            "warnings",
        )
    ),
)


@dataclass(frozen=True)
class Outcome:
    """How one check went.

    advice: what to look at in the formula; it stands behind the message where nothing says better
    what is wrong. evidence: for instructors. unwritten: it came to the line that the
    starter has in place of an answer.
    """

    row: CheckRow
    status: CheckStatus
    message: str = ""
    place: Place | None = None
    evidence: tuple[str, ...] = ()
    advice: str = ""
    unwritten: bool = False


class _Collecting:
    """The pytest plugin: parametrizes checks by points, gives them attempts, keeps outcomes."""

    def __init__(
        self,
        assignment: Assignment,
        names: Iterable[str],
        attempt_of: Callable[[str], Attempt],
        *,
        public: bool = False,
    ) -> None:
        self._assignment, self.public = assignment, public
        self._names, self._attempt_of = tuple(names), attempt_of
        self.outcomes: list[Outcome] = []
        self._rows: dict[str, CheckRow] = {}
        self.faults: list[str] = []
        self.lost: FaultError | None = None
        self._made: dict[str, dict[str, Made]] = {name: {} for name in self._names}

    @pytest.fixture
    def attempt(self, request: pytest.FixtureRequest) -> Attempt:
        return self._attempt_of(request.param)

    def pytest_configure(self, config: pytest.Config) -> None:
        for marker in (
            "points(**exercises): what the check is worth",
            "part(name): which part of the exercise the check is about",
            "needs(*names, some_of=part): what has to be passed, or else the check is skipped",
            "after(*names): what has to be passed for the check to count",
            "public: students get its examples, to check themselves with",
        ):
            config.addinivalue_line("markers", marker)

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self) -> bool:
        # The files are named. Asking of each of their neighbours whether it is to be passed over
        # took a fifth of the time that a rubric takes.
        return False

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        marker = metafunc.definition.get_closest_marker("points")
        if marker is not None:
            if unknown := marker.kwargs.keys() - set(self._assignment.names):
                where = f"{metafunc.module.__name__}.py, {metafunc.function.__name__}"
                self.faults.append(f"{where}: no exercise is called {min(unknown)}")
            names = [name for name in self._names if name in marker.kwargs]
            metafunc.parametrize("attempt", names, indirect=True)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # An exercise at a time, so that a lost child never interrupts another exercise.
        order: dict[object, int] = {name: index for index, name in enumerate(self._names)}
        items[:] = [
            item
            for item in items
            if _exercise(item) in order and (not self.public or _is_public(item))
        ]
        # What others need comes first.
        parts = tuple(PARTS)
        try:
            items.sort(key=lambda item: (order[_exercise(item)], parts.index(_part(item))))
            self._rows = {item.nodeid: _row(item) for item in items}
        except FaultError as error:
            # Raised on, it would come out as pytest's own failure.
            self.faults.append(str(error))
            items.clear()

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """The checks, in the order in which they are made."""
        return tuple(self._rows.values())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        if self.public:
            return  # those that it needs may be hidden, and are not made here
        row = self._rows[item.nodeid]
        name = self._assignment.spec(row.exercise).hyperparameter
        missing = unmet(row.needs, self._made[row.exercise], name)
        if missing is not None:
            raise NotReached(missing)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.faults.append(_in_a_line(str(report.longrepr)))

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        # In place of pytest's own report: its picture of the traceback, which nobody sees
        # here, takes longer than all the rest of a failed check.
        if call.when == "call":
            row = self._rows[item.nodeid]
            made = self._counted(self._outcome(row, call.excinfo))
            self.outcomes.append(made)
            passed = made.status is CheckStatus.PASSED
            self._made[row.exercise][row.name] = Made(row.part, row.title, passed)
            if self.lost is not None:
                item.session.shouldstop = str(self.lost)
        elif call.excinfo is not None:
            self.faults.append(call.excinfo.exconly())
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        when = cast('Literal["setup", "call", "teardown"]', call.when)  # "collect" has its own hook
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def _counted(self, made: Outcome) -> Outcome:
        """The outcome, skipped if it is passed and others that come before it are not."""
        exercise = made.row.exercise
        if made.status is CheckStatus.PASSED:
            name = self._assignment.spec(exercise).hyperparameter
            missing = uncounted(made.row.needs, self._made[exercise], name)
            if missing is not None:
                return Outcome(made.row, CheckStatus.SKIPPED, missing)
        return made

    def _outcome(
        self, row: CheckRow, excinfo: pytest.ExceptionInfo[BaseException] | None
    ) -> Outcome:
        if excinfo is None:
            return Outcome(row, CheckStatus.PASSED)
        match excinfo.value:
            case NotReached() as error:
                return Outcome(row, CheckStatus.SKIPPED, str(error))
            case NoAnswer() as error:
                return Outcome(
                    row, error.status, str(error), error.place, unwritten=error.unwritten
                )
            case CheckFailed() as error:
                return Outcome(
                    row, CheckStatus.FAILED, str(error), None, error.evidence, error.advice
                )
            case AssertionError() as error:
                return Outcome(row, CheckStatus.FAILED, str(error))
            case FaultError() as error:
                # The machine's trouble, such as a lost worker; the check itself is in order.
                self.lost = error.with_traceback(None)
                return Outcome(row, CheckStatus.ERROR, str(error))
            case error:
                self.faults.append(f"{row.exercise} {row.name}: {excinfo.exconly()}")
                return Outcome(row, CheckStatus.ERROR, str(error))


def _exercise(item: pytest.Item) -> object:
    """The exercise an item is about; something else where pytest made a placeholder."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("attempt") if callspec is not None else None


def _in_a_line(problem: str) -> str:
    """What pytest says of a file that it can't collect: its last line, and where."""
    lines = [line.strip() for line in problem.splitlines() if line.strip()]
    raised = [line.removeprefix("E").strip() for line in lines if line.startswith("E ")]
    said = (raised or lines or ["it can't be collected"])[-1]
    place = re.search(r'File "[^"]*?([^"/\\]+)", line (\d+)', "\n".join(raised))
    return f"{place[1]}, line {place[2]}: {said}" if place else said


def _part(item: pytest.Item) -> str:
    """The part that a check is about; the formula, where it does not say."""
    marker = item.get_closest_marker("part")
    part = str(marker.args[0]) if marker is not None else next(iter(PARTS))
    if part not in PARTS:
        raise FaultError(f"{item.name}: there is no part {part!r}, only {', '.join(PARTS)}")
    return part


def _needs(item: pytest.Item) -> Needs:
    """What the check needs; a marker of its own stands in place of its module's."""
    needs, after = (item.get_closest_marker(name) for name in ("needs", "after"))
    return Needs(
        all_of=tuple(needs.args) if needs is not None else (),
        some_of=str(needs.kwargs.get("some_of", "")) if needs is not None else "",
        after=tuple(after.args) if after is not None else (),
    )


def _is_public(item: pytest.Item) -> bool:
    return item.get_closest_marker("public") is not None


def _row(item: pytest.Item) -> CheckRow:
    name = str(_exercise(item))
    marker = item.get_closest_marker("points")
    assert marker is not None, f"{item.name} has no points"  # noqa: S101 - collected by it
    function = item.function  # type: ignore[attr-defined]
    title = " ".join((function.__doc__ or "").split())
    points = float(marker.kwargs[name])
    check = function.__name__.removeprefix("test_")
    if not title:
        raise FaultError(f"test_{check} has no docstring, which is the title that students read")
    return CheckRow(name, check, title, points, _part(item), _needs(item), _is_public(item))


def run(
    assignment: Assignment,
    names: Iterable[str],
    attempt_of: Callable[[str], Attempt],
    *,
    public: bool = False,
) -> tuple[Outcome, ...]:
    """Make all checks of the exercises `names`, in their order.

    public: those alone whose examples students get, whatever they need. Raises FaultError if a
    check itself is broken: that is no student's fault.
    """
    plugin = _Collecting(assignment, names, attempt_of, public=public)
    _pytest(plugin, assignment)
    told = {(outcome.row.exercise, outcome.row.name) for outcome in plugin.outcomes}
    for row in plugin.rows:
        if (row.exercise, row.name) not in told:
            raise FaultError(f"the check {row.name} of {row.exercise} was never made")
    return tuple(plugin.outcomes)


@cache
def table(assignment: Assignment) -> tuple[CheckRow, ...]:
    """Every check of an assignment with its points, by collecting them.

    Raises FaultError if the points of an exercise do not add up to what it is worth.
    """

    def nothing(name: str) -> Attempt:
        raise AssertionError(name)

    plugin = _Collecting(assignment, assignment.names, nothing)
    _pytest(plugin, assignment, "--collect-only")
    for spec in assignment.exercises:
        total = sum(row.points for row in plugin.rows if row.exercise == spec.name)
        if total != spec.points:
            raise FaultError(
                f"the checks of {spec.name} are worth {total:g} points together, not"
                f" {spec.points:g}"
            )
    return plugin.rows


def _pytest(plugin: _Collecting, assignment: Assignment, *options: str) -> None:
    if sys.flags.optimize:
        raise FaultError(
            "Python leaves asserts and docstrings out (PYTHONOPTIMIZE, or -O), and with them checks"
            " and their titles; start the grader without that"
        )
    checks = sorted(str(path) for path in assignment.checks.glob("test_*.py"))
    arguments = [*checks, f"--rootdir={assignment.checks}", *_OPTIONS, *options]
    # Infinite values and those that are none are answers, and no reason for a warning.
    with _unheard(), _alone(assignment.folder), np.errstate(all="ignore"):
        code = pytest.main(arguments, plugins=[plugin])
    if plugin.lost is not None:
        raise plugin.lost
    if plugin.faults:
        raise FaultError(f"a check of the rubric is broken: {plugin.faults[0]}")
    if code == pytest.ExitCode.INTERRUPTED:
        # It has taken in the Ctrl-C that came while a check was made.
        raise KeyboardInterrupt
    if plugin.public and code == pytest.ExitCode.NO_TESTS_COLLECTED:
        return  # no check need be public
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise FaultError(f"pytest could not run the rubric (exit {code})")


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep from pytest what the environment has for it: options, plugins, anything.

    `PYTEST_ADDOPTS=-x` is meant for somebody's own tests, and would end a rubric at its first
    failed check.
    """
    aside = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        os.environ.update(aside)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Forget the modules of a folder that is no part of this package once its checks were made.

    Another assignment has a `test_checks.py` too, and may have an `oracle.py`.
    """
    before = list(sys.path)
    try:
        yield
    finally:
        if not folder.is_relative_to(_KIT.parent) or folder.joinpath("assignment.toml").is_file():
            sys.path[:] = before
            for name, module in list(sys.modules.items()):
                file = getattr(module, "__file__", None)
                if file and Path(file).is_relative_to(folder) and not name.startswith("grader."):
                    del sys.modules[name]


@cache
def rubric_hash(assignment: Assignment) -> str:
    """A hash over all that decides a grade of the assignment: checks, points, inputs, words."""
    digest = hashlib.sha256()
    for folder in (assignment.folder, _KIT):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _DECIDING and path.is_file():
                name = path.relative_to(folder).as_posix()
                digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
