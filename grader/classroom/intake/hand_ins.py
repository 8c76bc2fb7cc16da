"""From claims to hand-ins: of each student the attempt that counts, and what it replaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader import harmless
from grader.classroom.intake.handed import HandedFile, Handin
from grader.classroom.intake.lateness import LATER
from grader.classroom.intake.people.identities import Claimed
from grader.classroom.intake.systems.detection import is_submission
from grader.classroom.intake.systems.layouts import Layout
from grader.formats import wording

_UPLOADED_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)(?P<suffix>\.[^.]*)?")
# Versions are put in order by it; numbers of attempts are no times.
_TIME = re.compile(r"\d{4}-\d\d-\d\d")
_SHOWN = 3


def by_student(claimed: Iterable[Claimed]) -> list[Handin]:
    """A hand-in for each student."""
    groups: dict[str, list[Claimed]] = defaultdict(list)
    for file, claim in claimed:
        groups[claim.student].append((file, claim))
    return [_handin(student, group) for student, group in groups.items()]


def several(handins: Sequence[Handin], layout: str) -> list[str]:
    """A line about hand-ins with more than one notebook, which may be several people's."""
    found = []
    for one in handins:
        works = [file for file in one.files if is_submission(file)]
        works = works or [file for file in one.files if file.name.endswith(".py")]
        if len(works) > 1:
            found.append((one.student, [file.path for file in works]))
    if not found:
        return []
    shown = "; ".join(_shown(student, paths) for student, paths in found[:_SHOWN])
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    other = "--layout files reads each" if layout == Layout.PLAIN else "--student REGEX reads them"
    ending = "notebook as a student's" if layout == Layout.PLAIN else "otherwise"
    many = wording.counted(len(found), "hand-in")
    told = f"{many} with several notebooks, of which one counts ({shown}{more})"
    return [f"{told}; {other} {ending}"]


def _shown(student: str, paths: list[str]) -> str:
    names = ", ".join(harmless.one_line(path, 60) for path in paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return f"{harmless.one_line(student, 40)}: {names}{more}"


def _handin(student: str, group: list[Claimed]) -> Handin:
    # A receipt alone, or an empty folder, replaces nothing.
    filled = [claim.version for file, claim in group if claim.rest and not file.is_folder]
    latest = max(filled or [claim.version for _, claim in group])
    counted = [(file, claim) for file, claim in group if claim.version == latest]
    earlier = [(file, claim) for file, claim in group if claim.version != latest]
    replacing = (one for one in earlier if (one[1].rest and not one[0].is_folder) or one[0].refused)
    versions = {claim.version: claim.attempt for _, claim in replacing}
    counted, replaced = _newest_uploads(counted)
    names = [versions[one] or one or "submitted" for one in sorted(versions)]
    _, first = counted[0]
    return Handin(
        student=student,
        name=next((claim.name for _, claim in group if claim.name), ""),
        files=_files(counted),
        late=any(claim.late for _, claim in counted),
        superseded=(*names, *(claim.rest for _, claim in replaced)),
        earlier=_files([*earlier, *replaced]),
        ids=first.ids,
        folder=next((claim.folder for _, claim in counted if claim.folder), ""),
        timestamp=latest.strip(LATER) if _TIME.match(latest.strip(LATER)) else "",
    )


def _files(claimed: Iterable[Claimed]) -> tuple[HandedFile, ...]:
    return tuple(
        replace(file, path=claim.rest or file.path, found_at=file.path)
        for file, claim in claimed
        if file.refused or (claim.rest and not file.is_folder)
    )


def _newest_uploads(group: list[Claimed]) -> tuple[list[Claimed], list[Claimed]]:
    """Without the uploads that Canvas marks as replaced: `hw.ipynb`, then `hw-1.ipynb`.

    The number is only taken for Canvas' own when the name without it is there as well;
    `part-1.ipynb` and `part-2.ipynb` are two parts.
    """
    names = {claim.rest for _, claim in group if claim.number}
    series: dict[str, list[Claimed]] = defaultdict(list)
    kept: list[Claimed] = []
    for file, claim in group:
        again = _UPLOADED_AGAIN.fullmatch(claim.rest)
        plain = f"{again['stem']}{again['suffix'] or ''}" if again else claim.rest
        if claim.number:
            series[plain if plain in names else claim.rest].append((file, claim))
        else:
            kept.append((file, claim))
    replaced: list[Claimed] = []
    for uploads in series.values():
        uploads.sort(key=lambda upload: upload[1].number)
        kept.append(uploads[-1])
        replaced += uploads[:-1]
    return kept, replaced
