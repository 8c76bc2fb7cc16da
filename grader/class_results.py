"""The types of `summary.json`: what is known of a whole class. The class page shows the same.

All texts that a student may have chosen are as they came; who shows them makes them harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from grader.report import Environment, ExerciseStatus, Status

SUMMARY_VERSION = 1


class Standing(StrEnum):
    """What became of one exercise of one hand-in, what was never written apart."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    BROKEN = "broken"
    UNWRITTEN = "unwritten"
    MISSING = "missing"


class Row(msgspec.Struct, frozen=True):
    """One hand-in.

    file: the file that was graded. report, feedback: paths below the batch's folder; the
    latter empty where there is no page. exercises: the points of each, in the contract's
    order; empty without a score. ids: under which other systems know the hand-in.
    members: the people of a group; member_ids: more ids of theirs, by member; member_systems: as
    ids, by member. folder: the name that a system gave to its folder. evidence: the path of what
    instructors alone may read; empty where there is none.
    standings: as exercises. failed: the places of the checks that it failed. topics: the ids of
    the topics that it has a part in. attempts: how many there were; 0 where that is not known.
    """

    student: str
    name: str
    file: str
    status: Status
    score: float | None
    max_score: float
    exercises: tuple[float, ...]
    message: str
    report: str
    feedback: str
    late: bool = False
    members: tuple[str, ...] = ()
    member_ids: dict[str, tuple[str, ...]] = {}
    ids: dict[str, str] = {}
    folder: str = ""
    timestamp: str = ""
    evidence: str = ""
    standings: tuple[Standing, ...] = ()
    failed: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    attempts: int = 0
    member_systems: dict[str, dict[str, str]] = {}


class Bin(msgspec.Struct, frozen=True):
    """How many scores lie from `low` up to below `high`; in the last one, are the full score."""

    low: float
    high: float
    count: int


class Scores(msgspec.Struct, frozen=True):
    """The distribution of the scores of all who have one; None where nobody has.

    quartiles: the scores that a quarter and three quarters lie below.
    """

    count: int
    mean: float | None
    median: float | None
    lowest: float | None
    highest: float | None
    bins: tuple[Bin, ...]
    quartiles: tuple[float, float] | None = None


class CheckCount(msgspec.Struct, frozen=True):
    """How many of those who wrote the exercise passed one check.

    failed: how many did not; of the others it was not asked, since something before settled it.
    place: its number among all checks. discrimination: the correlation between passing it and
    the rest of the score; None where there is none to speak of.
    """

    name: str
    title: str
    passed: int
    total: int
    max_score: float
    failed: int = 0
    place: int = 0
    discrimination: float | None = None


class Misconception(msgspec.Struct, frozen=True):
    """A known misconception, and who has it in which exercises.

    count: how many students; exercises: how often in each.
    """

    id: str
    text: str
    count: int
    exercises: dict[str, int]
    students: tuple[str, ...]


class Topic(msgspec.Struct, frozen=True):
    """Something to talk about: hand-ins that lost points in the same way.

    kind: "misconception", one that is known; "slip", one edit away from right; "values", wrong
    values that are the same; "stop", the same words where there are none; "checks", right values
    and the same checks that fail. title: in a few words.
    text: in a sentence. count: how many hand-ins. wrote: how many wrote any of these exercises.
    lost: the points that it cost all of them. exercises: how often in each. example: one of them.
    """

    id: str
    kind: str
    title: str
    text: str
    count: int
    wrote: int
    lost: float
    exercises: dict[str, int]
    example: str


class Likeness(msgspec.Struct, frozen=True):
    """Hand-ins with the same code, but for names, comments and blanks, in these exercises."""

    students: tuple[str, ...]
    exercises: tuple[str, ...]


class ExerciseCount(msgspec.Struct, frozen=True):
    """One exercise over the whole class.

    statuses: how many of each. missing: the students who define the name nowhere. mean: of those
    who wrote it; wrote: how many these are. standings: as statuses, what was never written apart.
    """

    name: str
    max_score: float
    mean: float | None
    statuses: dict[ExerciseStatus, int]
    missing: tuple[str, ...]
    checks: tuple[CheckCount, ...]
    wrote: int = 0
    standings: dict[Standing, int] = {}


class Ungraded(msgspec.Struct, frozen=True):
    """A hand-in that could not be graded, or not be read, and why."""

    student: str
    status: Status
    message: str


class Absent(msgspec.Struct, frozen=True):
    """Somebody of the roster who handed in nothing. student: what the files would call them."""

    student: str
    name: str = ""


class LeftOut(msgspec.Struct, frozen=True):
    """A file that nobody is graded for, and why."""

    file: str
    reason: str


class Run(msgspec.Struct, frozen=True):
    """The run that wrote the summary: how many hand-ins it graded, and how many it had already."""

    graded: int
    reused: int


class Taken(msgspec.Struct, frozen=True):
    """What was found in the submissions.

    notebooks: how many are somebody's, those that newer ones replace among them. left: how many
    files are nobody's; left_notebooks: how many of them are notebooks.
    """

    notebooks: int = 0
    left: int = 0
    left_notebooks: int = 0


class Summary(msgspec.Struct, frozen=True):
    """A whole class.

    others: the names of reports in the folder that belong to no hand-in of this run. notices: what
    whoever grades has to know of how the class was read; warnings: of how it was graded. topics:
    what to talk about, what cost most first. alike: hand-ins with the same code. title: of the
    assignment. absent: the people of the roster who handed in nothing.
    """

    summary_version: int
    layout: str
    environment: Environment
    total: int
    statuses: dict[Status, int]
    scores: Scores
    exercises: tuple[ExerciseCount, ...]
    misconceptions: tuple[Misconception, ...]
    ungraded: tuple[Ungraded, ...]
    left_out: tuple[LeftOut, ...]
    others: tuple[str, ...]
    run: Run
    submissions: tuple[Row, ...]
    taken: Taken = Taken()
    notices: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    alike: tuple[Likeness, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str = ""
    absent: tuple[Absent, ...] = ()


def encode(summary: Summary) -> bytes:
    """The bytes of `summary.json`."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n"


def decode(data: bytes) -> Summary:
    """The summary in `data`. Raises msgspec.MsgspecError if it is none."""
    return msgspec.json.decode(data, type=Summary)


@dataclass(frozen=True)
class Change:
    """One student's result before and after.

    before, after: the scores; None where there is none. because: an entry per difference, such
    as "my_huber_loss: large errors grow linearly: passed -> failed (-3)". name: the person's, where
    it is known.
    """

    student: str
    before: float | None
    after: float | None
    because: tuple[str, ...]
    name: str = ""

    @property
    def by(self) -> float | None:
        """The difference of the scores."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before
