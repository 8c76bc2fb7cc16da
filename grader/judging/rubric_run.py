"""Runs the rubric with pytest, inside the judge, against attempts behind the wall."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

import pytest

from grader import kit
from grader.assignments.custom_losses import checks
from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES
from grader.errors import FaultError
from grader.judging.needs import Made, Needs, uncounted, unmet
from grader.kit.asking import CheckFailed, NoAnswer, NotReached
from grader.kit.elementwise.attempt import Attempt
from grader.kit.parts import PARTS
from grader.report import CheckStatus, Place

RUBRIC = Path(checks.__file__).parent
# What a grade comes from, besides the judge itself.
_DECIDING = (RUBRIC.parent, Path(kit.__file__).parent)

_OPTIONS = (
    str(RUBRIC),
    f"--rootdir={RUBRIC}",
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
class CheckRow:
    """One check of one exercise, as `grader rubric` lists it."""

    exercise: str
    name: str
    title: str
    points: float
    part: str
    needs: Needs


@dataclass(frozen=True)
class Outcome:
    """How one check went.

    advice: what to look at in the formula; it stands behind the message where nothing says better
    what is wrong. evidence: for instructors.
    """

    row: CheckRow
    status: CheckStatus
    message: str = ""
    place: Place | None = None
    evidence: tuple[str, ...] = ()
    advice: str = ""


class _Collecting:
    """The pytest plugin: parametrizes checks by points, gives them attempts, keeps outcomes."""

    def __init__(self, names: Iterable[str], attempt_of: Callable[[str], Attempt]) -> None:
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
        ):
            config.addinivalue_line("markers", marker)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        marker = metafunc.definition.get_closest_marker("points")
        if marker is not None:
            names = [name for name in self._names if name in marker.kwargs]
            metafunc.parametrize("attempt", names, indirect=True)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # An exercise at a time, so that a lost child never interrupts another exercise.
        order: dict[object, int] = {name: index for index, name in enumerate(self._names)}
        items[:] = [item for item in items if _exercise(item) in order]
        # What others need comes first.
        parts = tuple(PARTS)
        items.sort(key=lambda item: (order[_exercise(item)], parts.index(_part(item))))
        self._rows = {item.nodeid: _row(item) for item in items}

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """The checks, in the order in which they are made."""
        return tuple(self._rows.values())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        row = self._rows[item.nodeid]
        name = BY_NAME[row.exercise].hyperparameter
        missing = unmet(row.needs, self._made[row.exercise], name)
        if missing is not None:
            raise NotReached(missing)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.faults.append(str(report.longrepr))

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
            name = BY_NAME[exercise].hyperparameter
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
                return Outcome(row, error.status, str(error), error.place)
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


def _part(item: pytest.Item) -> str:
    marker = item.get_closest_marker("part")
    assert marker is not None, f"{item.name} has no part"  # noqa: S101 - the rubric's own fault
    return str(marker.args[0])


def _needs(item: pytest.Item) -> Needs:
    """What the check needs; a marker of its own stands in place of its module's."""
    needs, after = (item.get_closest_marker(name) for name in ("needs", "after"))
    return Needs(
        all_of=tuple(needs.args) if needs is not None else (),
        some_of=str(needs.kwargs.get("some_of", "")) if needs is not None else "",
        after=tuple(after.args) if after is not None else (),
    )


def _row(item: pytest.Item) -> CheckRow:
    name = str(_exercise(item))
    marker = item.get_closest_marker("points")
    assert marker is not None, f"{item.name} has no points"  # noqa: S101 - collected by it
    function = item.function  # type: ignore[attr-defined]
    title = " ".join((function.__doc__ or "").split())
    points = float(marker.kwargs[name])
    check = function.__name__.removeprefix("test_")
    return CheckRow(name, check, title, points, _part(item), _needs(item))


def run(names: Iterable[str], attempt_of: Callable[[str], Attempt]) -> tuple[Outcome, ...]:
    """Make all checks of the exercises `names`, in their order.

    Raises FaultError if a check itself is broken: that is no student's fault.
    """
    plugin = _Collecting(names, attempt_of)
    _pytest(plugin)
    told = {(outcome.row.exercise, outcome.row.name) for outcome in plugin.outcomes}
    for row in plugin.rows:
        if (row.exercise, row.name) not in told:
            raise FaultError(f"the check {row.name} of {row.exercise} was never made")
    return tuple(plugin.outcomes)


@cache
def table() -> tuple[CheckRow, ...]:
    """Every check with its points, by collecting them.

    Raises FaultError if the points of an exercise do not add up to what it is worth.
    """

    def nothing(name: str) -> Attempt:
        raise AssertionError(name)

    plugin = _Collecting([spec.name for spec in EXERCISES], nothing)
    _pytest(plugin, "--collect-only")
    for spec in EXERCISES:
        total = sum(row.points for row in plugin.rows if row.exercise == spec.name)
        if total != spec.points:
            raise FaultError(
                f"the checks of {spec.name} are worth {total:g} points together, not {spec.points}"
            )
    return plugin.rows


def _pytest(plugin: _Collecting, *options: str) -> None:
    if sys.flags.optimize:
        raise FaultError(
            "Python leaves asserts and docstrings out (PYTHONOPTIMIZE, or -O), and with them checks"
            " and their titles; start the grader without that"
        )
    with _unheard():
        code = pytest.main([*_OPTIONS, *options], plugins=[plugin])
    if plugin.lost is not None:
        raise plugin.lost
    if plugin.faults:
        raise FaultError(f"a check of the rubric is broken: {plugin.faults[0]}")
    if code == pytest.ExitCode.INTERRUPTED:
        # It has taken in the Ctrl-C that came while a check was made.
        raise KeyboardInterrupt
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


@cache
def rubric_hash() -> str:
    """A hash over all that decides a grade here: checks, points, inputs, oracle, words."""
    digest = hashlib.sha256()
    for folder in _DECIDING:
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder).as_posix()
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
