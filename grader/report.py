"""The types of a report: what every room may know, and all that leaves the grader.

A report is complete when it is made and never changed. `grader/report.schema.json`
is generated from these types.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

SCHEMA_VERSION = 1


class Status(StrEnum):
    """What became of a whole submission."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    NOT_GRADED = "not_graded"


class ExerciseStatus(StrEnum):
    """What became of one exercise."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    MISSING = "missing"
    BROKEN = "broken"


class CheckStatus(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    SKIPPED = "skipped"


class Place(msgspec.Struct, frozen=True):
    """A place in the student's notebook.

    cell: counted from 1 over all cells, Markdown cells too, as a reader sees them.
    line: counted from 1 within the cell.
    """

    cell: int
    line: int


class Span(msgspec.Struct, frozen=True):
    """A piece of the text of a cell of the student's notebook.

    Cells, lines and columns are counted from 1; `end_column` is one past the last character.
    """

    cell: int
    line: int
    column: int
    end_line: int
    end_column: int


class Slip(msgspec.Struct, frozen=True):
    """The one edit that stands between an exercise and full points.

    kind: which sort of slip it is. text: a sentence about it. place: what the edit replaces.
    beside: another place that does not fit together with the first, where an edit of either
    would do.
    """

    kind: str
    text: str
    place: Span
    beside: Span | None = None


class Evidence(msgspec.Struct, frozen=True):
    """What a check asked, got and wanted. For instructors only, on request.

    Each entry is a line such as "y_true = [[0.0], [1.0]]".
    """

    lines: tuple[str, ...]


class Check(msgspec.Struct, frozen=True, omit_defaults=False):
    """The result of one hidden check on one exercise."""

    name: str
    title: str
    status: CheckStatus
    score: float
    max_score: float
    message: str = ""
    line: Place | None = None
    evidence: Evidence | msgspec.UnsetType = msgspec.UNSET


class Diagnosis(msgspec.Struct, frozen=True):
    """A known misconception that explains all that the exercise answered.

    explains: the names of the checks that are lost by nothing else, if they are lost.
    """

    id: str
    text: str
    explains: tuple[str, ...] = ()


class Exercise(msgspec.Struct, frozen=True):
    """The result of one exercise.

    unwritten: nothing of it is passed, and all that was tried came to the line that the starter
    has in place of an answer.
    """

    name: str
    status: ExerciseStatus
    score: float
    max_score: float
    cells: tuple[int, ...] = ()
    message: str = ""
    diagnosis: Diagnosis | None = None
    checks: tuple[Check, ...] = ()
    slip: Slip | None = None
    unwritten: bool = False


class SubmissionFile(msgspec.Struct, frozen=True):
    """The file that was graded: its name without folders, and the SHA-256 of its bytes."""

    file: str
    sha256: str


class HandIn(msgspec.Struct, frozen=True):
    """What is known of a hand-in besides the file that was graded.

    notes: how many of the report's notes are about that; they come first. among: the files that
    the graded one was chosen among; empty where there was nothing to choose.
    """

    notes: int = 0
    among: tuple[SubmissionFile, ...] = ()


class AssignmentRef(msgspec.Struct, frozen=True):
    """Which assignment was graded: its name, and a hash over all that decides its grades."""

    name: str
    hash: str


class Environment(msgspec.Struct, frozen=True):
    """All that may change a grade besides the submission itself.

    rubric: a hash over the hidden checks, their points and inputs.
    isolation: the tier in force ("bubblewrap", "landlock" or "process").
    code: a hash over the grader's own code, and the packages that it judges with.
    numpy: the version that judge and worker compute with.
    """

    grader: str
    rubric: str
    python: str
    tensorflow: str
    keras: str
    isolation: str
    code: str = ""
    numpy: str = ""


class Timing(msgspec.Struct, frozen=True):
    """Seconds; the only part of a report that may differ between two runs on the same bytes."""

    wall_seconds: float
    cpu_seconds: float


class Report(msgspec.Struct, frozen=True):
    """One submission, graded. `score` is None exactly when `status` is NOT_GRADED.

    hand_in: null where a file was graded by itself.
    """

    schema_version: int
    status: Status
    student: str | None
    submission: SubmissionFile
    score: float | None
    max_score: float
    message: str
    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...]
    environment: Environment
    timing: Timing
    assignment: AssignmentRef | None = None
    hand_in: HandIn | None = None


def encode(report: Report) -> bytes:
    """The report as indented JSON in UTF-8, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def decode(data: bytes) -> Report:
    """The report in `data`.

    Raises msgspec.ValidationError or msgspec.DecodeError if it is none of this schema.
    """
    return msgspec.json.decode(data, type=Report)


def schema() -> dict[str, object]:
    """The JSON Schema of a report."""
    return msgspec.json.schema(Report)
