"""The page about a whole class: one file that needs no network and works without scripts.

Everything a student may have chosen goes through Jinja2's autoescape; the one script is named
by its hash in the page's own content security policy, so that no other could ever run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from grader import harmless
from grader.class_results import Bin, CheckCount, ExerciseCount, Row, Standing, Summary, Topic
from grader.formats import wording
from grader.formats.class_page import people
from grader.report import ExerciseStatus, Status

_SHOWN_STUDENTS = 200
_FIRST_CHECKS = 5
# An even number: a desk has room for two beside each other. All others are in a table.
_SHOWN_TOPICS = 4
# Below this nobody would see a difference between those who pass and those who don't.
_TELLS_LITTLE = 0.1
STATUS = {
    Status.GRADED: "graded",
    Status.UNREADABLE: "unreadable",
    Status.NOT_GRADED: "without a score",
}
STANDING = {
    Standing.PASSED: wording.EXERCISE_STATUS[ExerciseStatus.PASSED],
    Standing.PARTIAL: wording.EXERCISE_STATUS[ExerciseStatus.PARTIAL],
    Standing.FAILED: "wrong",
    Standing.BROKEN: wording.EXERCISE_STATUS[ExerciseStatus.BROKEN],
    Standing.UNWRITTEN: "not written",
    Standing.MISSING: wording.EXERCISE_STATUS[ExerciseStatus.MISSING],
}
KINDS = {
    "misconception": "known misconception",
    "slip": "one edit away from right",
    "values": "no name for it yet",
    "stop": "stops there",
    "checks": "the same checks",
}
_Checks = list[tuple[ExerciseCount, CheckCount]]


@dataclass(frozen=True)
class _Topic:
    """A topic, the tag that its students' rows have, and one of them."""

    topic: Topic
    tag: str
    example: Row | None


@dataclass(frozen=True)
class _Alike:
    """Hand-ins with the same code, and the tag that their rows have."""

    rows: tuple[Row, ...]
    exercises: tuple[str, ...]
    tag: str


def page(summary: Summary) -> str:
    """The class page of a batch, as HTML."""
    environment = _environment()
    script = _source(environment, "class_page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rows = {row.student: row for row in summary.submissions}
    topics = [
        _Topic(topic, f"t{place}", rows.get(topic.example))
        for place, topic in enumerate(summary.topics)
    ]
    alike = [
        _Alike(tuple(rows[one] for one in group.students), group.exercises, f"a{place}")
        for place, group in enumerate(summary.alike)
    ]
    every = [(exercise, check) for exercise in summary.exercises for check in exercise.checks]
    silent = [one for one in every if _tells_little(one[1])]
    return environment.get_template(
        "class_page.html"
    ).render(
        summary=summary,
        # Both are the grader's own files; the hash is over exactly these characters.
        script=Markup(script),  # noqa: S704
        style=Markup(_source(environment, "class_page.css")),  # noqa: S704
        script_hash=digest,
        headline=_headline(summary),
        taken=wording.taken(summary),
        apart=_apart(summary.exercises),
        most=summary.scores.bins[-1].low or 1.0,
        highest_bin=max((one.count for one in summary.scores.bins), default=0) or 1,
        tags=partial(_tags, summary=summary, more=_marks(topics, alike, summary.submissions)),
        cells=partial(_cells, count=len(summary.exercises)),
        topics=topics[:_SHOWN_TOPICS],
        more_topics=topics[_SHOWN_TOPICS:],
        kinds=KINDS,
        alike=alike,
        checks=_most_failed_first(every),
        first_checks=_FIRST_CHECKS,
        silent=silent,
        silent_points=sum(check.max_score for _, check in silent),
        by_id=rows,
        rows=sorted(summary.submissions, key=people.alphabetical),
        # Who is absent has a row.
        notices=[one for one in summary.notices if not one.startswith(wording.ABSENT)]
        if summary.absent
        else summary.notices,
        absent=sorted(summary.absent, key=people.alphabetical),
        namesakes=people.namesakes(summary.submissions),
        standings=list(Standing),
        words=STANDING,
        status_words=STATUS,
        environment=wording.environment(summary.environment),
        times=any(row.timestamp for row in summary.submissions),
        late=sum(row.late for row in summary.submissions),
        again=sum(row.attempts > 1 for row in summary.submissions),
    )


def _headline(summary: Summary) -> str:
    """What the picture below it shows, in a sentence."""
    scores = summary.scores
    if scores.median is None or scores.mean is None:
        return "Nobody has a score yet."
    full = wording.counted(scores.bins[-1].count, "hand-in") if scores.bins[-1].count else "nobody"
    has = "have" if scores.bins[-1].count > 1 else "has"
    middle = ""
    if scores.quartiles is not None:
        low, high = (wording.points(one) for one in scores.quartiles)
        middle = f" the middle half lies between {low} and {high};"
    return (
        f"Half of the scores are {wording.points(scores.median)} or more;{middle}"
        f" the mean is {wording.points(scores.mean)};"
        f" {full} {has} full points."
    )


def _most_failed_first(every: _Checks) -> _Checks:
    """What was not reached, since the formula is wrong, says little: it counts as no failure."""
    return sorted(every, key=lambda one: (-one[1].failed / (one[1].total or 1), -one[1].max_score))


def _apart(exercises: Iterable[ExerciseCount]) -> list[ExerciseCount]:
    """The exercise that cost those who wrote it most, and the one that cost them least."""
    wrote = [one for one in exercises if one.mean is not None and one.max_score]
    found = sorted(wrote, key=lambda one: (one.mean or 0.0) / one.max_score)
    return [found[0], found[-1]] if len(found) > 1 else []


def _tells_little(check: CheckCount) -> bool:
    if not check.total or check.passed in {0, check.total}:
        return True
    return check.discrimination is not None and check.discrimination < _TELLS_LITTLE


def _marks(
    topics: Iterable[_Topic], alike: Iterable[_Alike], rows: Iterable[Row]
) -> Mapping[str, list[str]]:
    """The tags of each student's row that are not in the row itself."""
    found: dict[str, list[str]] = defaultdict(list)
    by_id = {one.topic.id: one.tag for one in topics}
    for row in rows:
        found[row.student] += [by_id[key] for key in row.topics if key in by_id]
    for group in alike:
        for row in group.rows:
            found[row.student].append(group.tag)
    return found


def _tags(row: Row, summary: Summary, more: Mapping[str, list[str]]) -> str:
    """What the row is found by when a count on the page is clicked."""
    tags = [row.status.value, *(f"c{place}" for place in row.failed), *more.get(row.student, ())]
    tags += [f"e{place}{standing!s}" for place, standing in enumerate(row.standings)]
    tags += ["late"] * row.late + ["again"] * (row.attempts > 1)
    if row.score is not None:
        bins = summary.scores.bins
        last = len(bins) - 1
        place = next((at for at, one in enumerate(bins) if one.low <= row.score < one.high), last)
        tags.append(f"b{place}")
    return " ".join(tags)


def _cells(row: Row, count: int) -> Markup:
    """The points of each exercise; in a large class most of the page."""
    if not row.exercises or not row.standings:
        return Markup('<td class="number"></td>') * count
    return Markup("").join(map(_cell, row.exercises, row.standings))


@lru_cache(maxsize=4096)
def _cell(points: float, standing: Standing) -> Markup:
    # What is missing, or can't be run, may keep points: it is one edit away from right.
    told = standing not in (Standing.PASSED, Standing.PARTIAL)
    word = Markup(" <small>{}</small>").format(STANDING[standing]) if told else ""
    cell = Markup('<td class="number is-{}" data-value="{}">{}{}</td>')
    return cell.format(standing.value, float(points), wording.points(points), word)


def _span(found: Bin) -> str:
    if found.high <= found.low:
        return f"{wording.points(found.low)} points"
    return f"{wording.points(found.low)} to below {wording.points(found.high)} points"


def _share(points: float, most: float) -> str:
    return f"{100 * points / most:.2f}"


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


def _remarks(row: Row) -> str:
    """What else is known of when and by whom it was handed in."""
    found = ["late"] * row.late + ["group"] * bool(row.members)
    if row.attempts > 1:
        found.append(wording.counted(row.attempts, "attempt"))
    return ", ".join(found)


def _first(text: str) -> str:
    """What a message says first."""
    return _clean(re.split(r"(?<=[.?]) ", text, maxsplit=1)[0])


def _beyond_title(topic: Topic) -> str:
    """What the text says that the title has not said already."""
    return topic.text.removeprefix(topic.title).removeprefix(".").strip()


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
        "remarks": _remarks,
        "first": _first,
        "beyond_title": _beyond_title,
        "points": wording.points,
        "counted": wording.counted,
        "some": _some,
        "span": _span,
        "share": _share,
        "breakable": _breakable,
        "link": _link,
        "shown": people.shown,
        "sort_key": _sort_key,
        "percent": _percent,
    }
    environment.filters.update(filters)
    return environment
