"""What a batch says on a terminal when it is done."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader import harmless
from grader.class_results import Change, Summary
from grader.formats import wording
from grader.report import Status

_SHOWN = 20
# What whoever grades has to look at.
_SEEN = "yellow"


def result(summary: Summary, place: str) -> RenderableType:
    """A whole class in a few lines, for a terminal."""
    return Group(*(Text(line, style) for line, style in _lines(summary, place)))


def result_lines(summary: Summary, place: str) -> str:
    """The same for logs and pipes: no line is broken, so that the last one says all it has to."""
    return "".join(f"{line}\n" for line, _ in _lines(summary, place))


def _lines(summary: Summary, place: str) -> Iterator[tuple[str, str]]:
    """Each line with its style."""
    yield _counts(summary), ""
    for one in summary.warnings:
        yield f"warning: {one}", _SEEN
    scores = summary.scores
    if scores.mean is not None and scores.median is not None:
        yield (
            (
                f"mean {wording.points(scores.mean)}, median {wording.points(scores.median)},"
                f" {wording.points(scores.lowest)} to {wording.points(scores.highest)}"
            ),
            "",
        )
    for ungraded in summary.ungraded[:_SHOWN]:
        yield f"  {_cut(ungraded.student, 60)}: {_cut(ungraded.message, 160)}", _SEEN
    yield from _more(len(summary.ungraded))
    for left in summary.left_out[:_SHOWN]:
        yield f"  left out: {_cut(left.file, 120)}: {_cut(left.reason, 160)}", _SEEN
    yield from _more(summary.taken.left or len(summary.left_out))
    if summary.others:
        names = ", ".join(_cut(name, 60) for name in summary.others[:_SHOWN])
        yield f"reports of an earlier run, about nobody in this one: {names}", ""
    yield f"see {place}/class.html, {place}/grades.csv", ""
    yield _taken(summary), _SEEN if summary.notices else ""


@dataclass(frozen=True)
class Regrade:
    """What a regrade changes: of whom, who is new, who is gone, in a class of so many hand-ins.

    written: whether it is in force already. is_first: whether nobody could be compared; unread:
    how many reports there are that can't be read, if that is why.
    """

    changed: Sequence[Change]
    arrived: Sequence[Change]
    departed: Sequence[Change]
    total: int
    written: bool
    is_first: bool = False
    unread: int = 0

    def ordered(self) -> list[tuple[str, Change]]:
        """All of it, the greatest loss first, then who is new, then who is gone."""
        changed = sorted(
            self.changed, key=lambda one: (one.by if one.by is not None else -1e9, one.student)
        )
        return [
            *(("changed", one) for one in changed),
            *(("new", one) for one in self.arrived),
            *(("gone", one) for one in self.departed),
        ]

    def last_line(self) -> str:
        """How many scores, and how many people."""
        if self.is_first:
            return self._nothing_before()
        scores = sum(one.before != one.after for one in self.changed)
        verb = "changed" if self.written else "would change"
        if not scores:
            line = f"No score {'changed' if self.written else 'changes'}"
        else:
            line = f"{wording.counted(scores, 'score')} of {self.total} {verb}"
        others = len(self.changed) - scores
        more = [f"{others} otherwise"] if others else []
        people = ((self.arrived, "new"), (self.departed, "gone"))
        more += [f"{len(found)} {word}" for found, word in people if found]
        return ", ".join([line, *more]) + ("" if scores or more else ".")

    def _nothing_before(self) -> str:
        if not self.unread:
            return f"Nothing to compare with: none of {self.total} hand-ins has an earlier report."
        return (
            f"Nothing to compare with: {wording.counted(self.unread, 'earlier report')} can't be"
            " read (damaged, or written by another version of the grader)."
        )


def changes(regrade: Regrade) -> RenderableType:
    """Whose score changed, by how much, because of what; for a terminal."""
    rows = regrade.ordered()
    if not rows:
        return Text(regrade.last_line())
    table = Table(box=None, pad_edge=False, show_edge=False)
    for head in ("student", "before", "after", "change"):
        table.add_column(head, justify="left" if head == "student" else "right")
    table.add_column("because of")
    for kind, one in rows:
        by = kind if kind != "changed" else _by(one)
        table.add_row(
            Text(_whose(one)),
            Text("" if kind == "new" else _score(one.before)),
            Text("" if kind == "gone" else _score(one.after)),
            Text(by),
            Text("\n".join(_cut(line, 160) for line in one.because)),
        )
    return Group(table, Text(regrade.last_line()))


def change_lines(regrade: Regrade) -> str:
    """The same with one line for each student, for logs and pipes."""
    lines = []
    for kind, one in regrade.ordered():
        if kind == "new":
            said = f"new, {_score(one.after)}"
        elif kind == "gone":
            said = "; ".join([f"gone, {_score(one.before)}", *one.because[1:]])
        else:
            by = f" ({_by(one)})" if _by(one) else ""
            because = "; ".join(_cut(line, 160) for line in one.because)
            said = f"{_score(one.before)} -> {_score(one.after)}{by}: {because}"
        lines.append(f"{_whose(one)}: {said}")
    return "\n".join([*lines, regrade.last_line(), ""])


def changes_csv(regrade: Regrade) -> bytes:
    """The same as a table: `changes.csv`. Nothing in it is a formula.

    It begins with the mark by which Excel tells UTF-8: people read it, and no script has to.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["student", "name", "change", "before", "after", "difference", "because"])
    for kind, one in regrade.ordered():
        writer.writerow(
            [
                harmless.csv_cell(one.student),
                harmless.csv_cell(one.name),
                kind,
                "" if one.before is None else wording.points(one.before),
                "" if one.after is None else wording.points(one.after),
                _by(one).removeprefix("+"),
                harmless.csv_cell("; ".join(one.because)),
            ]
        )
    return buffer.getvalue().encode("utf-8-sig")


def _whose(one: Change) -> str:
    """The name with the id, or the id alone where it says as much."""
    student = _cut(one.student, 60)
    return student if one.name in {"", one.student} else f"{_cut(one.name, 60)} ({student})"


def _by(one: Change) -> str:
    """The difference of the scores as they are shown; empty where there is none to speak of."""
    if one.before is None or one.after is None:
        return ""
    return wording.signed(wording.between(one.before, one.after))


def _taken(summary: Summary) -> str:
    """How the class was read: nobody vanishes without a word."""
    return "; ".join([wording.taken(summary), *(_cut(one, 600) for one in summary.notices)])


def _counts(summary: Summary) -> str:
    counts = summary.statuses
    parts = [f"{wording.counted(summary.total, 'hand-in')}: {counts[Status.GRADED]} graded"]
    if counts[Status.UNREADABLE]:
        parts.append(f"{counts[Status.UNREADABLE]} unreadable")
    if counts[Status.NOT_GRADED]:
        parts.append(f"{counts[Status.NOT_GRADED]} without a score")
    kept = f" ({summary.run.reused} as before)" if summary.run.reused else ""
    return ", ".join(parts) + kept


def _more(count: int) -> Iterator[tuple[str, str]]:
    if count > _SHOWN:
        yield f"  and {count - _SHOWN} more", ""


def _score(score: float | None) -> str:
    return "none" if score is None else wording.points(score)


def _cut(text: str, size: int) -> str:
    return harmless.one_line(text, size)
