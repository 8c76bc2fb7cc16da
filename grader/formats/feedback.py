"""A report as a page for the student: their own notebook, with a box under each exercise.

The page is one file. It asks for nothing over the network and has no script; its content
security policy allows one style sheet, by its hash, and nothing else. All that comes from
the notebook or from the student's code is text (`feedback_notebook`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from markupsafe import Markup

from grader.formats import feedback_notebook, wording
from grader.formats.feedback_plots import Plot, plots
from grader.formats.losses import Loss, losses, untold
from grader.judging.pictures import ExercisePictures
from grader.report import CheckStatus, Exercise, ExerciseStatus, Place, Report, Status
from grader.worker import wire


class Graded(Protocol):
    """A report, and what there is to show with it; the judge's `grade` gives such a thing.

    cells: of the notebook. pictures: of the exercises that answered. places: where each
    name is defined.
    """

    @property
    def report(self) -> Report:
        """The report."""

    @property
    def cells(self) -> Sequence[wire.Cell]:
        """The notebook's cells."""

    @property
    def pictures(self) -> Sequence[ExercisePictures]:
        """What can be drawn."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Where the names are defined."""


@dataclass(frozen=True)
class Box:
    """What there is to say about one exercise.

    losses: the points it lost, told once per cause. hint: the diagnosis, if no loss tells it.
    passed: the titles of what is right.
    """

    exercise: Exercise
    losses: tuple[Loss, ...]
    hint: str
    passed: tuple[str, ...]
    plots: tuple[Plot, ...]

    @property
    def status(self) -> str:
        """Its status in words."""
        return wording.EXERCISE_STATUS[self.exercise.status]

    @property
    def perfect(self) -> bool:
        """Whether there is nothing left to do."""
        return self.exercise.status is ExerciseStatus.PASSED

    @property
    def lost(self) -> float:
        """The points that are still to be had."""
        return wording.lost(self.exercise)


def page(graded: Graded, *, title: str = "Feedback on your notebook") -> str:
    """The feedback page, as HTML. title: what its heading says."""
    report = graded.report
    drawn = {pictures.spec.name: plots(pictures) for pictures in graded.pictures}
    boxes = [_box(exercise, drawn.get(exercise.name, ())) for exercise in report.exercises]
    cells = graded.cells if report.status is Status.GRADED else ()
    under = _placed(boxes, graded.places, min(len(cells), feedback_notebook.MAX_CELLS))
    style, digest = _style()
    return feedback_notebook.export(
        cells,
        title=title,
        style=style,
        style_hash=digest,
        report=report,
        boxes=boxes,
        under=under,
        elsewhere=[box for box in boxes if not any(box in group for group in under.values())],
        next=max((box for box in boxes if box.lost > 0), key=lambda box: box.lost, default=None),
        used={number for exercise in report.exercises for number in exercise.cells},
        marked=_marked(report, graded.places),
        left_out=max(0, len(cells) - feedback_notebook.MAX_CELLS),
        graded=report.status is Status.GRADED,
        check_words=wording.CHECK_STATUS,
        environment=wording.environment(report.environment),
    )


def _box(exercise: Exercise, drawn: tuple[Plot, ...]) -> Box:
    passed = tuple(check.title for check in exercise.checks if check.status is CheckStatus.PASSED)
    # What was not looked at comes last: it is nothing to work on.
    lost = sorted(losses(exercise), key=lambda loss: loss.status is CheckStatus.SKIPPED)
    return Box(exercise, tuple(lost), untold(exercise), passed, drawn)


def _placed(boxes: Sequence[Box], places: Mapping[str, Place], count: int) -> dict[int, list[Box]]:
    """The boxes by the cell they stand under; one whose cell is not shown is in none."""
    under: dict[int, list[Box]] = {}
    for box in boxes:
        place = places.get(box.exercise.name)
        if place is not None and 1 <= place.cell <= count:
            under.setdefault(place.cell, []).append(box)
    return under


def _marked(report: Report, places: Mapping[str, Place]) -> dict[int, set[int]]:
    """The lines that stopped a check, by cell; not those where a definition merely begins."""
    marked: dict[int, set[int]] = {}
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.line is not None and check.line != places.get(exercise.name):
                marked.setdefault(check.line.cell, set()).add(check.line.line)
    return marked


@cache
def _style() -> tuple[Markup, str]:
    """The style sheet, and its hash for the page's policy."""
    text = feedback_notebook.source("feedback.css")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    # It is the grader's own file; the hash is over exactly these characters.
    return Markup(text), digest  # noqa: S704
