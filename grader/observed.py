"""What was observed of a hand-in besides its report: for instructors alone.

A report is what its student may read. This says more: the inputs and numbers behind each lost
point, and marks by which hand-ins are compared with each other.
"""

from __future__ import annotations

import msgspec


class ObservedExercise(msgspec.Struct, frozen=True):
    """One exercise.

    values: the same where wrong answers give the same values; empty for right ones. code: the
    same where the code is but for names, comments and blanks. Both are hashes, and say nothing
    else. evidence: lines with inputs and numbers, by check.
    """

    values: str = ""
    code: str = ""
    evidence: dict[str, tuple[str, ...]] = {}


class Observed(msgspec.Struct, frozen=True):
    """One hand-in. sha256: of the file that was graded. exercises: by name."""

    student: str | None
    sha256: str
    exercises: dict[str, ObservedExercise]


def encode(observed: Observed) -> bytes:
    """As indented JSON in UTF-8, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(observed), indent=2) + b"\n"


def decode(data: bytes) -> Observed:
    """What `encode` made. Raises msgspec.MsgspecError if it is nothing of that kind."""
    return msgspec.json.decode(data, type=Observed)
