"""A report as a person reads it in a terminal: in colour, without, in 80 columns, or piped.

Everything is said in words; colour only repeats it. All text goes through `harmless` and
into Text objects, so that nothing from a notebook is ever markup or an escape sequence.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader import harmless
from grader.formats import wording
from grader.formats.losses import Loss, losses, untold
from grader.report import Exercise, ExerciseStatus, Report, Status

_STYLE = {
    ExerciseStatus.PASSED: "green",
    ExerciseStatus.PARTIAL: "yellow",
    ExerciseStatus.FAILED: "red",
    ExerciseStatus.MISSING: "red",
    ExerciseStatus.BROKEN: "red",
}


# Room for a measure of what a table would take if it had all that it wants.
_WIDEST = 10_000


def view(report: Report, written: tuple[str, ...] = ()) -> RenderableType:
    """The whole report. written: the files that hold it, named at the end."""
    parts: list[RenderableType] = [_headline(report)]
    if report.message:
        parts.append(_indented(report.message, 2))
    if report.status is not Status.UNREADABLE and report.exercises:
        parts += [Text(), _Exercises(report.exercises)]
        for exercise in report.exercises:
            if exercise.score < exercise.max_score:
                parts += [Text(), *_explained(exercise)]
    if report.notes:
        parts += [Text(), Text("Notes", style="bold")]
        parts += [_bullet(note) for note in report.notes]
    parts += [Text(), *(Text(line, "dim") for line in _circumstances(report))]
    parts += [Text(f"written: {harmless.one_line(name)}", "dim") for name in written]
    return Group(*parts)


def _circumstances(report: Report) -> tuple[str, str]:
    seconds = report.timing.wall_seconds
    return (
        wording.versions(report.environment),
        f"isolation: {report.environment.isolation}, {seconds:.1f} s",
    )


def _headline(report: Report) -> RenderableType:
    who = harmless.one_line(report.submission.file, 60)
    if report.student is not None:
        who = f"{who} ({harmless.one_line(report.student, 40)})"
    if report.score is None:
        what = Text("not graded", style="bold red")
    else:
        full = report.score >= report.max_score
        best = wording.points(report.max_score)
        what = Text(
            f"{wording.points(report.score)} of {best} points",
            style="bold green" if full else "bold",
        )
        if report.status is Status.UNREADABLE:
            what.append(" (unreadable)", style="red")
    line = Table.grid(expand=False, padding=(0, 2))
    line.add_row(Text(who, style="bold", overflow="fold"), what)
    return line


class _Exercises:
    """A line for each exercise; what a narrow terminal has no room for is left out, or below."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._exercises = exercises

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.update(max_width=_WIDEST)
        for table in (self._table(cells=True), self._table(cells=False)):
            if Measurement.get(console, wide, table).maximum <= options.max_width:
                yield table
                return
        for exercise in self._exercises:
            yield Text(f"  {_name(exercise)}", overflow="fold")
            yield Text(f"    {_share(exercise)}  ").append_text(_status(exercise))

    def _table(self, *, cells: bool) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        for exercise in self._exercises:
            row = [Text(f"  {_name(exercise)}"), Text(_share(exercise)), _status(exercise)]
            table.add_row(*row, *([Text(wording.cells(exercise.cells), "dim")] if cells else []))
        return table


def _name(exercise: Exercise) -> str:
    return harmless.one_line(exercise.name, 40)


def _share(exercise: Exercise) -> str:
    return f"{wording.points(exercise.score)}/{wording.points(exercise.max_score)}"


def _status(exercise: Exercise) -> Text:
    return Text(wording.EXERCISE_STATUS[exercise.status], style=_STYLE[exercise.status])


def _explained(exercise: Exercise) -> list[RenderableType]:
    """Why it lost points: causes first, then what was not run because of them."""
    lost = wording.counted(wording.lost(exercise), "point")
    heading = Text(_name(exercise), style="bold")
    heading.append(f": {lost} lost", style="default")
    parts: list[RenderableType] = [heading]
    found = losses(exercise)
    # A loss without words of its own is the one that the exercise's message is about.
    told = [loss for loss in found if not loss.message and not loss.consequence]
    spots = {loss.place for loss in told}
    if exercise.message:
        whole = len(spots) == 1 and len(told) == len([x for x in found if not x.consequence])
        where = wording.place(told[0].place) if whole else wording.broken_at(exercise)
        parts.append(_indented(": ".join(filter(None, (where, exercise.message))), 2))
    if said := wording.slip(exercise):
        parts.append(_indented(said, 2))
    if said := untold(exercise):
        parts.append(_indented(said, 2, style="italic"))
    for loss in found:
        parts += _lost(loss, placed=not (exercise.message and loss in told and len(spots) == 1))
    return parts


def _lost(loss: Loss, *, placed: bool) -> list[RenderableType]:
    cost = f"-{wording.points(loss.points)}"
    line = Table.grid(padding=(0, 0))
    line.add_column(width=max(6, len(cost) + 1), no_wrap=True)
    line.add_column()
    style = "dim" if loss.consequence else ""
    line.add_row(Text(cost, "red"), Text(harmless.one_line(loss.heading, 500), style))
    parts: list[RenderableType] = [Padding(line, (0, 0, 0, 2))]
    where = wording.place(loss.place) if placed else ""
    said = ": ".join(filter(None, (where, loss.message)))
    if said:
        parts.append(_indented(said, 8))
    parts += [_indented(entry, 10, style="dim") for entry in loss.evidence]
    return parts


def _indented(text: str, columns: int, style: str = "") -> RenderableType:
    return Padding(Text(harmless.terminal(text).rstrip("\n"), style=style), (0, 0, 0, columns))


def _bullet(text: str) -> RenderableType:
    line = Table.grid(padding=(0, 1))
    line.add_row(Text("  -"), Text(harmless.terminal(text)))
    return line
