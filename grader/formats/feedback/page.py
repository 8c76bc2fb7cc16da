"""A report as a page for the student: what lost points, what is right, and their notebook.

What lost points comes first, with its reason, the piece of code and the picture that shows it;
all else is folded up. The page is one file. It asks for nothing over the network and has no
script; its content security policy allows one style sheet, by its hash, and nothing else. All
that comes from the notebook or from the student's code is text (`feedback_notebook`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from markupsafe import Markup

from grader.formats import wording
from grader.formats.feedback import marks as feedback_marks
from grader.formats.feedback import notebook as feedback_notebook
from grader.formats.feedback.marks import Excerpt, Marks
from grader.formats.feedback.plots import Plot, plots
from grader.formats.losses import Loss, losses, untold
from grader.kit.pictures import ExercisePictures
from grader.report import CheckStatus, Exercise, ExerciseStatus, Place, Report, Status
from grader.words import checks_passed
from grader.worker import wire


class Graded(Protocol):
    """A report, and what there is to show with it; the judge's `grade` gives such a thing.

    No type of the judge's own: what that gives holds what only instructors may see, too, and a
    page that can't ask for it can't show it.

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
    passed: the titles of what is right. telling: the picture that shows the mistake.
    place: where it is missing or broken; elsewhere each loss has its own.
    """

    exercise: Exercise
    losses: tuple[Loss, ...]
    hint: str
    passed: tuple[str, ...]
    telling: Plot | None
    plots: tuple[Plot, ...]
    place: Place | None
    excerpts: tuple[Excerpt, ...]

    @property
    def slip_place(self) -> Place | None:
        """Where its slip is, unless that is where something else is said to be."""
        if self.exercise.slip is None:
            return None
        span = self.exercise.slip.place
        place = Place(span.cell, span.line)
        return None if place in {self.place, *(loss.place for loss in self.losses)} else place

    @property
    def message(self) -> str:
        """What is said of it as a whole, unless that is a count and each loss is told by itself."""
        checks = self.exercise.checks
        passed = sum(check.status is CheckStatus.PASSED for check in checks)
        only_counts = self.exercise.message == checks_passed(passed, len(checks))
        return "" if self.losses and only_counts else self.exercise.message

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


@dataclass(frozen=True)
class Fold:
    """Neighbouring cells that are folded up together, by their numbers.

    names: the exercises that are defined there. used: whether an exercise needs them.
    """

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    used: bool


def page(graded: Graded, *, title: str = "Feedback on your notebook") -> str:
    """The feedback page, as HTML. title: what its heading says."""
    report = graded.report
    cells = graded.cells if report.status is Status.GRADED else ()
    shown = feedback_notebook.shown(cells)
    drawn = {pictures.spec.name: plots(pictures) for pictures in graded.pictures}
    marks = [feedback_marks.of_exercise(one, graded.places, cells) for one in report.exercises]
    boxes = [
        _box(
            exercise,
            drawn.get(exercise.name, ()),
            feedback_marks.excerpts(exercise, found, graded.places, shown),
        )
        for exercise, found in zip(report.exercises, marks, strict=True)
    ]
    everything = feedback_marks.together(marks)
    style, digest = _style()
    return feedback_notebook.export(
        shown,
        title=title,
        style=style,
        style_hash=digest,
        report=report,
        boxes=boxes,
        lost=[box for box in boxes if not box.perfect],
        right=[box for box in boxes if box.perfect],
        next=max((box for box in boxes if box.lost > 0), key=lambda box: box.lost, default=None),
        folds=_folds(report, graded.places, everything, len(shown)),
        # How many lines of each cell have a place of their own to point at.
        lines={
            number: cell.text.count("\n") + 1 if cell.numbered else 0
            for number, cell in enumerate(shown, start=1)
        },
        marks=everything,
        left_out=max(0, len(cells) - feedback_notebook.MAX_CELLS),
        graded=report.status is Status.GRADED,
        environment=wording.environment(report.environment),
    )


def _box(exercise: Exercise, drawn: tuple[Plot, ...], excerpts: tuple[Excerpt, ...]) -> Box:
    telling = next((plot for plot in drawn if plot.telling), None)
    lost = losses(exercise)
    return Box(
        exercise=exercise,
        losses=lost,
        hint=untold(exercise),
        passed=tuple(c.title for c in exercise.checks if c.status is CheckStatus.PASSED),
        telling=telling,
        plots=tuple(plot for plot in drawn if plot is not telling),
        place=None if lost else feedback_marks.place_of(exercise),
        excerpts=excerpts,
    )


def _folds(
    report: Report, places: Mapping[str, Place], marks: Marks, count: int
) -> tuple[Fold, ...]:
    """All cells: each that an exercise needs by itself, the others in runs."""
    used = {number for exercise in report.exercises for number in exercise.cells}
    used |= {*marks.lines} | {place.cell for place in places.values()}
    names: dict[int, list[str]] = {}
    for name, place in places.items():
        names.setdefault(place.cell, []).append(name)
    folds: list[Fold] = []
    for number in range(1, count + 1):
        if number in used:
            folds.append(Fold((number,), tuple(names.get(number, ())), used=True))
        elif folds and not folds[-1].used:
            folds[-1] = replace(folds[-1], numbers=(*folds[-1].numbers, number))
        else:
            folds.append(Fold((number,), (), used=False))
    return tuple(folds)


@cache
def _style() -> tuple[Markup, str]:
    """The style sheet, and its hash for the page's policy."""
    text = feedback_notebook.source("feedback.css")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    # It is the grader's own file; the hash is over exactly these characters.
    return Markup(text), digest  # noqa: S704
