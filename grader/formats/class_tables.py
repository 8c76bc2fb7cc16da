"""What a batch says on a terminal when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.formats import harmless, wording
from grader.formats.class_summary import Summary
from grader.report import Status

_SHOWN = 20


class ChangeLike(Protocol):
    """One student's result before and after."""

    @property
    def student(self) -> str:
        """Whose."""

    @property
    def before(self) -> float | None:
        """The score there was."""

    @property
    def after(self) -> float | None:
        """The score there is."""

    @property
    def by(self) -> float | None:
        """The difference."""

    @property
    def because(self) -> Sequence[str]:
        """Why, line by line."""


def result(summary: Summary, place: str) -> RenderableType:
    """A whole class in a few lines."""
    parts: list[RenderableType] = [Text(_counts(summary))]
    scores = summary.scores
    if scores.mean is not None and scores.median is not None:
        parts.append(
            Text(
                f"mean {wording.points(scores.mean)}, median {wording.points(scores.median)},"
                f" {wording.points(scores.lowest)} to {wording.points(scores.highest)}"
            )
        )
    parts += [
        Text(f"  {_cut(one.student, 60)}: {_cut(one.message, 160)}", style="yellow")
        for one in summary.ungraded[:_SHOWN]
    ]
    parts += _more(len(summary.ungraded))
    parts += [
        Text(f"  left out: {_cut(one.file, 120)}: {_cut(one.reason, 160)}", style="yellow")
        for one in summary.left_out[:_SHOWN]
    ]
    parts += _more(len(summary.left_out))
    if summary.others:
        names = ", ".join(_cut(name, 60) for name in summary.others[:_SHOWN])
        parts.append(Text(f"reports of an earlier run, about nobody in this one: {names}"))
    parts.append(Text(f"see {place}/class.html, {place}/grades.csv"))
    return Group(*parts)


def changes(found: Sequence[ChangeLike], total: int, *, written: bool) -> RenderableType:
    """Whose score changed, by how much, because of which check. total: how many hand-ins."""
    if not found:
        return Text("No score changes." if not written else "No score changed.")
    table = Table(box=None, pad_edge=False, show_edge=False)
    for head in ("student", "before", "after", "change"):
        table.add_column(head, justify="left" if head == "student" else "right")
    table.add_column("because of")
    ordered = sorted(found, key=lambda one: (one.by if one.by is not None else -1e9, one.student))
    for one in ordered:
        because = "\n".join(_cut(line, 160) for line in one.because)
        by = "" if one.by is None else f"{one.by:+g}"
        table.add_row(
            Text(_cut(one.student, 60)),
            Text(_score(one.before)),
            Text(_score(one.after)),
            Text(by),
            Text(because),
        )
    scores = sum(one.before != one.after for one in found)
    verb = "changed" if written else "would change"
    return Group(table, Text(f"{wording.counted(scores, 'score')} of {total} {verb}"))


def _counts(summary: Summary) -> str:
    counts = summary.statuses
    parts = [f"{wording.counted(summary.total, 'hand-in')}: {counts[Status.GRADED]} graded"]
    if counts[Status.UNREADABLE]:
        parts.append(f"{counts[Status.UNREADABLE]} unreadable")
    if counts[Status.NOT_GRADED]:
        parts.append(f"{counts[Status.NOT_GRADED]} without a score")
    kept = f" ({summary.run.reused} as before)" if summary.run.reused else ""
    return ", ".join(parts) + kept


def _more(count: int) -> list[RenderableType]:
    return [Text(f"  and {count - _SHOWN} more")] if count > _SHOWN else []


def _score(score: float | None) -> str:
    return "none" if score is None else wording.points(score)


def _cut(text: str, size: int) -> str:
    return harmless.one_line(text, size)
