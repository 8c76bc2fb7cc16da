"""Hand-ins of several systems side by side, mixed or in a folder for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.classroom.intake import informal
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.people import claiming
from grader.classroom.intake.people.identities import Claimed, settled
from grader.classroom.intake.systems import detection
from grader.classroom.intake.systems.detection import Reading
from grader.classroom.intake.systems.layouts import Layout
from grader.formats import wording

# Those whose names tell them apart wherever they stand.
_FLAT = (Layout.CANVAS, Layout.MOODLE, Layout.BRIGHTSPACE, Layout.BLACKBOARD)
# Those that need nothing but the names of what was handed in.
_APART = (*_FLAT, Layout.SAKAI, Layout.GITHUB, Layout.VOCAREUM, Layout.PRAIRIELEARN)
_ENOUGH = 2


@dataclass(frozen=True)
class Mixed:
    """What several systems say of a class, and how they are called together."""

    layout: str
    claimed: list[Claimed]
    left: list[Left]


def beside(
    reading: Reading, files: Sequence[HandedFile], claimed: Sequence[Claimed]
) -> tuple[list[Claimed], list[str]]:
    """What other systems' names say of files that the reading puts nowhere, and what to tell."""
    known = {file.path for file, _ in claimed}
    others: dict[Layout, list[Claimed]] = defaultdict(list)
    for file in files:
        if file.path in known or not is_work(file) or reading.is_own(file.path):
            continue
        for layout in _FLAT:
            claim = Reading(layout, reading.depth).claim(file.path)
            if layout is not reading.layout and claim is not None and claim.sure:
                others[layout].append((file, claim))
                break
    found: list[Claimed] = []
    told = []
    for layout, every in others.items():
        some = [(file, claim) for file, claim in every if informal.is_personal(claim.name)]
        # One name may look so by itself.
        if len({claim.student for _, claim in some}) < _ENOUGH:
            continue
        found += settled(layout, some)
        many = wording.counted(len({claim.student for _, claim in some}), "hand-in")
        told.append(f"{many} named as {layout} names them, and read so")
    return found, told


def by_folder(files: Sequence[HandedFile]) -> Mixed | None:
    """The class, where each folder at the top is another system's download; None if they are not.

    One student's own folder can't look so: each has several people, and nobody is in two.
    """
    around = informal.beginning(file.path for file in files if is_work(file))
    start = around[: around.rfind("/") + 1]
    tops: dict[str, list[HandedFile]] = defaultdict(list)
    for file in files:
        top, slash, _ = file.path.removeprefix(start).partition("/")
        below = bool(slash) and file.path.startswith(start)
        tops[f"{start}{top}/" if below else ""].append(file)
    loose = tops.pop("", [])
    if len(tops) < _ENOUGH or any(map(is_work, loose)):
        return None
    claimed: list[Claimed] = []
    left = [
        Left(file.path, file.refused or claiming.NOBODYS)
        for file in loose
        if file.refused or not file.is_folder
    ]
    layouts: set[Layout] = set()
    people: list[str] = []
    for top, inside in tops.items():
        stripped = [replace(file, path=file.path[len(top) :]) for file in inside]
        name = top.rstrip("/").rpartition("/")[2]
        seen = detection.detected([file for file in stripped if file.path], name)
        if seen.layout not in _APART:
            return None
        reading = replace(seen, depth=seen.depth + top.count("/"))
        some, rest = claiming.claims(reading, inside)
        some = settled(seen.layout, some)
        names = {claim.student for _, claim in some}
        if len(names) < _ENOUGH:
            return None
        claimed += some
        left += rest
        people += names
        layouts.add(seen.layout)
    if len(layouts) < _ENOUGH or len(people) != len(set(people)):
        return None
    return Mixed(" and ".join(sorted(layouts)), claimed, left)
