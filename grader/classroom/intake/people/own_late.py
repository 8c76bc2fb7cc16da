"""What came late by names within a person's own hand-in: `ana/late/hw.ipynb`, `ana/LATE_hw.ipynb`.

Folders of a class that hold what came late are piles, and read where classes are. In one's own,
what is late replaces what was in time, as a later attempt would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.claims import Claim, is_notebook_name
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile
from grader.classroom.intake.people.identities import Claimed


def settled(claimed: Sequence[Claimed]) -> list[Claimed]:
    """The claims, with what people's own folders say of when their files came."""
    late = {file.path for file, claim in claimed if lateness.is_late_in(claim.rest)}
    if not late:
        return list(claimed)
    attempts: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for one in claimed:
        attempts[one[1].student, one[1].version].append(one)
    found: list[Claimed] = []
    for group in attempts.values():
        best = max((_rank(*one) for one in group if one[0].path in late), default=0)
        # A letter of excuse that came late replaces no notebook.
        counts = best and best >= max(_rank(*one) for one in group)
        found += _marked(group, late, best) if counts else group
    return found


def _marked(group: Iterable[Claimed], late: set[str], best: int) -> Iterable[Claimed]:
    """With the late ones newer than those in time that are as much; what is less goes along."""
    for file, claim in group:
        came_late = file.path in late
        if came_late or _rank(file, claim) < best:
            version = claim.version + lateness.LATER
            yield file, replace(claim, late=came_late, version=version)
        else:
            yield file, replace(claim, attempt=claim.attempt or "the one in time")


def _rank(file: HandedFile, claim: Claim) -> int:
    """How likely the file is the work itself: a notebook, a script, something else, nothing."""
    if not claim.rest or not is_work(file):
        return 0
    if is_notebook_name(file.name) or is_zip_name(file.name):
        return 3
    return 2 if informal.is_code(file.name) else 1
