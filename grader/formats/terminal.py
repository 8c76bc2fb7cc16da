"""A report as a person reads it in a terminal: in colour, without, in 80 columns, or piped.

Everything is said in words; colour only repeats it. All text goes through `harmless` and
into Text objects, so that nothing from a notebook is ever markup or an escape sequence.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.formats import harmless, wording
from grader.formats.losses import Loss, losses, untold
from grader.report import Exercise, ExerciseStatus, Report, Status

_STYLE = {
    ExerciseStatus.PASSED: "green",
    ExerciseStatus.PARTIAL: "yellow",
    ExerciseStatus.FAILED: "red",
    ExerciseStatus.MISSING: "red",
    ExerciseStatus.BROKEN: "red",
}


def view(report: Report, written: tuple[str, ...] = ()) -> RenderableType:
    """The whole report. written: the files that hold it, named at the end."""
    parts: list[RenderableType] = [_headline(report)]
    if report.message:
        parts.append(_indented(report.message, 2))
    if report.status is not Status.UNREADABLE and report.exercises:
        parts += [Text(), _table(report)]
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


def _table(report: Report) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for exercise in report.exercises:
        table.add_row(
            Text(f"  {harmless.one_line(exercise.name, 40)}"),
            Text(f"{wording.points(exercise.score)}/{wording.points(exercise.max_score)}"),
            Text(wording.EXERCISE_STATUS[exercise.status], style=_STYLE[exercise.status]),
            Text(wording.cells(exercise.cells), style="dim"),
        )
    return table


def _explained(exercise: Exercise) -> list[RenderableType]:
    lost = wording.counted(wording.lost(exercise), "point")
    heading = Text(harmless.one_line(exercise.name, 40), style="bold")
    heading.append(f": {lost} lost", style="default")
    parts: list[RenderableType] = [heading]
    if exercise.message:
        parts.append(_indented(exercise.message, 2))
    if said := untold(exercise):
        parts.append(_indented(said, 2, style="italic"))
    for loss in losses(exercise):
        parts += _lost(loss)
    return parts


def _lost(loss: Loss) -> list[RenderableType]:
    line = Table.grid(padding=(0, 0))
    line.add_column(width=6, no_wrap=True)
    line.add_column()
    style = "dim" if loss.consequence else ""
    cost = f"-{wording.points(loss.points)}"
    line.add_row(Text(cost, "red"), Text(harmless.one_line(loss.heading, 500), style))
    parts: list[RenderableType] = [Padding(line, (0, 0, 0, 2))]
    said = ": ".join(filter(None, (wording.place(loss.place), loss.message)))
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
