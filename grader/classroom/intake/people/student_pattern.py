"""Whose file it is, as a pattern of the instructor's says: for classes that no system named.

The pattern is searched in each path, with "/" between folders. Its named groups are what it says:
`student`, and where there are such, `attempt` (the greatest counts) and `late` (late where it
matches anything).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classroom.intake.claims import Claim, in_order
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.people.identities import Claimed
from grader.errors import UsageError

_GROUPS = frozenset({"student", "attempt", "late"})


@dataclass(frozen=True)
class Naming:
    """A pattern with the named group `student`, perhaps `attempt` and `late`."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> Naming:
        """The pattern. Raises UsageError if it is none, or says nothing of students."""
        try:
            # Names are read with their accents composed, and a Mac types them apart.
            pattern = re.compile(unicodedata.normalize("NFC", text))
        except (re.error, RecursionError, OverflowError) as error:
            raise UsageError(f"--student: {text!r} is no regular expression ({error})") from None
        named = set(pattern.groupindex)
        if "student" not in named:
            raise UsageError(
                "--student: the regular expression has no group for the student; write"
                " (?P<student>...) around what tells students apart"
            )
        if unknown := sorted(named - _GROUPS):
            raise UsageError(
                f"--student: there is no use for a group {unknown[0]!r}; there may be student,"
                " attempt and late"
            )
        return cls(pattern)

    def claims(self, files: Sequence[HandedFile]) -> tuple[list[Claimed], list[Left]]:
        """What the pattern says of each file, and which files it does not match.

        A folder is somebody's by itself only where nothing in it is anybody's.
        """
        claimed: list[Claimed] = []
        left: list[Left] = []
        for file in files:
            if claim := self.claim(file.path):
                claimed.append((file, claim))
            elif file.refused or not file.is_folder:
                left.append(Left(file.path, file.refused or "is not matched by --student"))
        full = {
            file.path.rsplit("/", place)[0] + "/"
            for file, _ in claimed
            if not file.is_folder
            for place in range(1, file.path.count("/") + 1)
        }
        have = {claim.student for file, claim in claimed if not file.is_folder}
        return [
            (file, claim)
            for file, claim in claimed
            if not file.is_folder or file.refused or claim.student in have or file.path not in full
        ], left

    def claim(self, path: str) -> Claim | None:
        """What the pattern says of the path; None if it does not match, or names nobody."""
        found = self.pattern.search(path)
        if found is None or not found["student"]:
            return None
        groups = found.groupdict()
        student = found["student"].strip("/ ")
        if not student:
            return None
        return Claim(
            student=student,
            rest="" if path.endswith("/") else path,
            late=bool(groups.get("late")),
            version=in_order(groups.get("attempt") or ""),
            attempt=groups.get("attempt") or "",
        )
