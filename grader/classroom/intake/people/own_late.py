"""What came late by names within a person's own hand-in: `ana/late/hw.ipynb`, `ana/LATE_hw.ipynb`.

Folders of a class that hold what came late are piles, and read where classes are. In one's own,
what is late replaces the same that was in time, as a later attempt would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.claims import Claim, is_notebook_name
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile
from grader.classroom.intake.people.identities import Claimed


def settled(claimed: Sequence[Claimed]) -> list[Claimed]:
    """The claims, with what people's own folders say of when their files came."""
    folders = {
        file.path for file, claim in claimed if lateness.is_late_folder(claim.rest, claim.student)
    }
    files = {
        file.path for file, claim in claimed if lateness.is_late_file(claim.rest, claim.student)
    }
    if not folders | files:
        return list(claimed)
    attempts: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for one in claimed:
        attempts[one[1].student, one[1].version].append(one)
    if _says_nothing(attempts, files - folders):
        files = set()
    found: list[Claimed] = []
    for group in attempts.values():
        late = [one for one in group if one[0].path in folders | files]
        best = max(_rank(*one) for one in group)
        # A letter of excuse that came late replaces no notebook.
        late = [one for one in late if best and _rank(*one) == best]
        found += _marked(group, late, _replaced(group, late, best, folders)) if late else group
    return found


def _says_nothing(attempts: Mapping[tuple[str, str], list[Claimed]], files: set[str]) -> bool:
    """Whether most are called so, with none beside them that has the name alone."""
    students = {student for student, _ in attempts}
    called = set()
    for (student, _), group in attempts.items():
        late = [one for one in group if one[0].path in files and not one[1].late]
        alone = {_names(one) for one in group if late and one[0].path not in files}
        if not {_names(one) for one in late} <= alone:
            called.add(student)
    return len(called) > 1 and 2 * len(called) > len(students)


def _replaced(
    group: Sequence[Claimed], late: Sequence[Claimed], best: int, folders: set[str]
) -> set[str]:
    """The paths of what was in time and is there again, late.

    That is what has the same name, or the only notebook beside a late folder with another one.
    What is called otherwise is another part of the work.
    """
    paths = {file.path for file, _ in late}
    in_time = [one for one in group if one[0].path not in paths and _rank(*one) == best]
    if len(late) == len(in_time) == 1 and late[0][0].path in folders:
        return {in_time[0][0].path}
    again = {_names(one) for one in late} | {_names(one, inside=True) for one in late}
    return {one[0].path for one in in_time if _names(one) in again}


def _names(one: Claimed, *, inside: bool = False) -> tuple[tuple[str, ...], ...]:
    """The words of a path but for those that say that it came late.

    inside: without the whole name of a late folder, `late submissions`.
    """
    _, claim = one
    *folders, name = claim.rest.split("/")
    kept = [
        folder
        for folder in folders
        if not (inside and lateness.is_late_alone(folder, claim.student))
    ]
    parts = (lateness.without_lateness(part) for part in (*kept, informal.stem(name)))
    return tuple(part for part in parts if part)


def _marked(
    group: Iterable[Claimed], late: Iterable[Claimed], replaced: set[str]
) -> Iterable[Claimed]:
    """With the late ones newer than those that they replace; what else there is goes along."""
    paths = {file.path for file, _ in late}
    for file, claim in group:
        came_late = claim.late or file.path in paths
        if file.path in replaced:
            yield file, replace(claim, attempt=claim.attempt or "the one in time")
        elif replaced:
            yield file, replace(claim, late=came_late, version=claim.version + lateness.LATER)
        else:
            yield file, replace(claim, late=came_late)


def _rank(file: HandedFile, claim: Claim) -> int:
    """How likely the file is the work itself: a notebook, a script, something else, nothing."""
    if not claim.rest or not is_work(file):
        return 0
    if is_notebook_name(file.name) or is_zip_name(file.name):
        return 3
    return 2 if informal.is_code(file.name) else 1
