"""How a batch is watched: a bar on a terminal, a line per hand-in elsewhere."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from grader import harmless
from grader.cli.output import say
from grader.formats import wording
from grader.report import Report, Status

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Lines:
    """Plain lines on standard error, for logs and pipes."""

    def __init__(self) -> None:
        self._total = self._done = 0

    def begins(self, total: int, slots: int) -> None:
        """Say how much there is to do."""
        self._total = total
        say(f"{wording.counted(total, 'hand-in')}, {slots} at a time\n", to_stderr=True)

    def has(self, report: Report, *, reused: bool) -> None:
        """One line per hand-in."""
        self._done += 1
        kept = " (as before)" if reused else ""
        line = f"[{self._done}/{self._total}] {_line(report)}{kept}\n"
        say(line, to_stderr=True)

    def trouble(self, line: str) -> None:
        """Say what was lost."""
        say(f"{harmless.one_line(line)}\n", to_stderr=True)


class Bar:
    """A bar with rate and time left; what goes wrong stands above it, line by line."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._graded = self._wrong = self._reused = 0

    def begins(self, total: int, slots: int) -> None:
        """The workers are up."""
        self._task = self._progress.add_task("grading", total=total, note=f"{slots} at a time")

    def has(self, report: Report, *, reused: bool) -> None:
        """Advance."""
        self._reused += reused
        if report.status is not Status.GRADED:
            self._wrong += 1
            self._print(_line(report))
        if self._task is not None:
            parts = [f"{self._reused} as before" if self._reused else ""]
            parts.append(f"{self._wrong} not gradable" if self._wrong else "")
            self._progress.update(self._task, advance=1, note=", ".join(filter(None, parts)))

    def trouble(self, line: str) -> None:
        """Say what was lost."""
        self._print(harmless.one_line(line))

    def _print(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False, emoji=False)


@contextmanager
def watching() -> Iterator[Lines | Bar]:
    """A bar if people look at standard error, lines if it goes anywhere else."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        console=Console(stderr=True),
    ) as progress:
        yield Bar(progress)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """While inside, the first Ctrl-C or SIGTERM asks to stop, and a second Ctrl-C insists.

    Gives the question whether to stop.
    """
    asked = threading.Event()

    def ask(number: int, _: FrameType | None) -> None:
        if asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked.set()
        say("\nstopping: what is being graded is finished first (Ctrl-C: not even that)\n",
            to_stderr=True)  # fmt: skip

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _line(report: Report) -> str:
    student = harmless.one_line(report.student or "", 60)
    if report.status is Status.GRADED:
        return f"{student}: {wording.points(report.score)} of {wording.points(report.max_score)}"
    words = report.status.value.replace("_", " ")
    return f"{student}: {words}: {harmless.one_line(report.message, 160)}"
