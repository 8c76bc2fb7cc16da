"""Whose the files are, as a system's layout says, late piles and sections of it too."""

from __future__ import annotations

from dataclasses import replace

from grader.classroom.intake import lateness
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.people.identities import Claimed
from grader.classroom.intake.systems.detection import Reading, is_submission
from grader.errors import UsageError

NOBODYS = "does not say whose it is"
# Not a name that a folder can have.
_ANY = "\0"


def claims(reading: Reading, files: list[HandedFile]) -> tuple[list[Claimed], list[Left]]:
    """What the layout says of each file, and which files it puts nowhere."""
    claimed: list[Claimed] = []
    left: list[Left] = []
    deeper = _deeper(reading, files)
    for file in files:
        here = deeper.get(_top(file.path, reading.depth), reading)
        claim = here.claim(file.path)
        if claim is None and file.lost:
            # nbgrader's assignments are below the student's folder, which can't be read.
            claim = reading.claim(f"{file.path}{_ANY}/")
        if claim is not None:
            above, _ = here.split(file.path)
            if any(lateness.is_late(part) for part in above.split("/")):
                claim = replace(claim, late=True, version=lateness.LATER + claim.version)
            claimed.append((file, claim))
            if claim.left and is_work(file):
                left.append(Left(file.path, claim.left))
        elif (file.refused or not file.is_folder) and not reading.is_own(file.path):
            left.append(Left(file.path, file.refused or NOBODYS))
    return claimed, left


def of_assignment(claimed: list[Claimed], assignment: str | None) -> list[Claimed]:
    """What belongs to one assignment. Raises UsageError if it is not clear to which."""
    names = sorted({claim.assignment for _, claim in claimed} - {_ANY, ""})
    if assignment is None and len(names) > 1:
        shown = ", ".join(names[:10])
        raise UsageError(
            f"there are several assignments ({shown}); name one with --nbgrader-assignment"
        )
    if assignment is not None and assignment not in names:
        raise UsageError(f"there is no assignment {assignment!r}; there is {', '.join(names)}")
    wanted = assignment or "".join(names)
    return [(file, claim) for file, claim in claimed if claim.assignment in (wanted, _ANY, "")]


def _top(path: str, depth: int) -> str:
    """What stands at this depth, and the folders above it."""
    return "/".join(path.split("/")[: depth + 1])


def _deeper(reading: Reading, files: list[HandedFile]) -> dict[str, Reading]:
    """How to read folders that stand among hand-ins and hold more of them, made by the same system.

    Such is a pile of late ones, or a section.
    """
    strange: dict[str, list[str]] = {}
    for file in files:
        top = _top(file.path, reading.depth)
        if is_submission(file) and top != file.path:
            strange.setdefault(top, []).append(file.path)
    found = {}
    for top, paths in strange.items():
        if any(reading.claim(path) or reading.is_own(path) for path in paths):
            continue
        for depth in range(reading.depth + 1, reading.depth + 3):
            one = Reading(reading.layout, depth)
            if all((claim := one.claim(path)) and claim.sure for path in paths):
                found[top] = one
                break
    return found
