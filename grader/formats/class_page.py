"""The page about a whole class: one file that needs no network and works without scripts.

Everything a student may have chosen goes through Jinja2's autoescape; the one script is named
by its hash in the page's own content security policy, so that no other could ever run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from grader.formats import harmless, wording
from grader.formats.class_summary import CheckCount, ExerciseCount, Row, Summary
from grader.report import ExerciseStatus, Status

_SHOWN_STUDENTS = 200
_HARDEST = 8
STATUS = {
    Status.GRADED: "graded",
    Status.UNREADABLE: "unreadable",
    Status.NOT_GRADED: "not graded",
}


def page(summary: Summary) -> str:
    """The class page of a batch, as HTML."""
    environment = _environment()
    script = _source(environment, "class_page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("class_page.html").render(
        summary=summary,
        # Both are the grader's own files; the hash is over exactly these characters.
        script=Markup(script),  # noqa: S704
        style=Markup(_source(environment, "class_page.css")),  # noqa: S704
        script_hash=digest,
        headline=_headline(summary),
        highest_bin=max((one.count for one in summary.scores.bins), default=0) or 1,
        hardest=_hardest(summary.exercises),
        exercise_statuses=list(ExerciseStatus),
        exercise_words=wording.EXERCISE_STATUS,
        status_words=STATUS,
        environment=wording.environment(summary.environment),
        names=any(row.name not in {"", row.student} for row in summary.submissions),
    )


def _headline(summary: Summary) -> str:
    """What the picture below it shows, in a sentence."""
    scores = summary.scores
    if scores.median is None or scores.mean is None:
        return "Nobody has a score yet."
    full = scores.bins[-1].count
    return (
        f"Half of the scores are {wording.points(scores.median)} or more;"
        f" the mean is {wording.points(scores.mean)};"
        f" {wording.counted(full, 'hand-in')} {'has' if full == 1 else 'have'} full points."
    )


def _hardest(exercises: Iterable[ExerciseCount]) -> list[tuple[ExerciseCount, CheckCount]]:
    every = [
        (exercise, check)
        for exercise in exercises
        for check in exercise.checks
        if check.passed < check.total
    ]
    every.sort(key=lambda one: (one[1].passed / one[1].total, -one[1].max_score))
    return every[:_HARDEST]


def _breakable(name: str) -> Markup:
    """A name of the contract, with places where a narrow column may break it."""
    parts = re.split(r"(?<=_)|(?<=[a-z])(?=[A-Z])", name)
    return Markup("<wbr>").join(parts)


def _percent(part: float, whole: float) -> int:
    # Rounded down, so that "100 %" means all; and never "0 %" when there are some.
    if not whole or not part:
        return 0
    return max(1, int(100 * part / whole))


def _some(students: tuple[str, ...]) -> str:
    shown = ", ".join(_clean(student) for student in students[:_SHOWN_STUDENTS])
    more = len(students) - _SHOWN_STUDENTS
    return f"{shown} and {more} more" if more > 0 else shown


def _clean(text: str) -> str:
    return harmless.one_line(text, 300)


def _link(path: str) -> str:
    return quote(path)


def _sort_key(row: Row) -> str:
    return "" if row.score is None else f"{row.score:.6f}"


def _source(environment: jinja2.Environment, name: str) -> str:
    loader = environment.loader
    return loader.get_source(environment, name)[0] if loader is not None else ""


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("grader.formats"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "clean": _clean,
        "points": wording.points,
        "counted": wording.counted,
        "some": _some,
        "breakable": _breakable,
        "link": _link,
        "sort_key": _sort_key,
        "percent": _percent,
    }
    environment.filters.update(filters)
    return environment
