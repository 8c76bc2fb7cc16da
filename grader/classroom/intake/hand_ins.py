"""From claims to hand-ins: of each student the attempt that counts, and what it replaces."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader import harmless
from grader.classroom.intake import informal
from grader.classroom.intake.handed import HandedFile, Handin
from grader.classroom.intake.lateness import LATER
from grader.classroom.intake.people.identities import Claimed
from grader.classroom.intake.systems.detection import is_submission
from grader.classroom.intake.systems.layouts import Layout
from grader.formats import wording

_UPLOADED_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)(?P<suffix>(?:\.ipynb)?\.[^.]*)?")
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
    kinds = set()
    for one in handins:
        works = _works(one)
        if len(works) > 1:
            paths = [file.path for file in works]
            often = len(set(paths)) < len(paths)
            found.append((one.student, [file.found_at for file in works] if often else paths))
            kinds.add("notebooks" if is_submission(works[0]) else "files")
    if not found:
        return []
    shown = "; ".join(_shown(student, paths) for student, paths in found[:_SHOWN])
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    other = "--layout files reads each" if layout == Layout.PLAIN else "--student REGEX reads them"
    ending = f"{max(kinds)[:-1]} as a student's" if layout == Layout.PLAIN else "otherwise"
    many = wording.counted(len(found), "hand-in")
    told = f"{many} with several {max(kinds)}, of which one counts ({shown}{more})"
    return [f"{told}; {other} {ending}"]


def _works(handin: Handin) -> list[HandedFile]:
    """What may be graded of it: notebooks, else scripts, else documents."""
    for is_one in (is_submission, _is_code, _is_document):
        if works := [file for file in handin.files if is_one(file)]:
            return works
    return []


def _is_code(file: HandedFile) -> bool:
    return informal.is_code(file.name)


def _is_document(file: HandedFile) -> bool:
    return informal.is_document(file.name)


def nearly_namesakes(handins: Sequence[Handin], layout: str) -> list[str]:
    """Lines about students who may be one: only case or words such as `final` differ."""
    alike: dict[str, list[str]] = defaultdict(list)
    for one in handins:
        alike[unicodedata.normalize("NFKC", one.student).casefold()].append(one.student)
    told = _together("read as several people, though only the case differs", alike)
    if layout == Layout.PLAIN:
        called: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for one in handins:
            called[informal.personal_words(one.student)].append(one.student)
        said = {tuple(names) for names in alike.values()}
        # More of them are numbers, and not drafts of one person's.
        few = {
            words: names
            for words, names in called.items()
            if words and 1 < len(names) <= _SHOWN and tuple(names) not in said
        }
        told += _together(
            "read as several people, and may be one (--student REGEX reads them so)", few
        )
    return told


def _together(what: str, alike: Mapping[Any, list[str]]) -> list[str]:
    found = [names for names in alike.values() if len(names) > 1]
    shown = "; ".join(
        " and ".join(harmless.one_line(name, 40) for name in names) for names in found[:_SHOWN]
    )
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return [f"{what}: {shown}{more}"] if found else []


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
