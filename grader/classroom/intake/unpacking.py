"""Zips that are all there is, and hold the class: what is in them stands in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from grader.classroom.intake import informal
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.listing import told_apart
from grader.classroom.intake.files.nested import MAX_ALONE, Nest
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.systems import collected
from grader.classroom.intake.systems.detection import Reading, is_submission
from grader.classroom.intake.systems.layouts import Layout

# More zips than these are students' own, and none is opened to find a class in it.
_MAX_ZIPS = 40


@dataclass(frozen=True)
class Unpacked:
    """The files that are in zips, and those beside them; and what in the zips is nobody's."""

    files: tuple[HandedFile, ...]
    left: tuple[Left, ...]


def unpacked(
    files: Sequence[HandedFile],
    reading: Reading,
    nest: Nest,
    look: Callable[[Sequence[HandedFile]], Reading],
) -> Unpacked | None:
    """The files in the zips, if a system or an instructor packed them; None if students did.

    reading: how the zips themselves are read. look: how files would be read.
    """
    zips = [file for file in files if is_submission(file)]
    if not all(is_zip_name(file.name) for file in zips) or not 0 < len(zips) <= _MAX_ZIPS:
        return None
    if reading.layout is not Layout.PLAIN and any(reading.claim(file.path) for file in zips):
        return None
    if len(zips) == 1:
        nest.limit = MAX_ALONE
    insides = [nest.peek(file) for file in zips]
    if not all(insides):
        return None
    joined: list[HandedFile] = []
    for zipped, start, inside in zip(zips, _starts(zips), insides, strict=True):
        seen = [
            replace(file, path=file.path.removeprefix(f"{zipped.path}/")) for file in inside or []
        ]
        # Each may have a folder of its own around what the system made.
        around = look(seen).depth if len(zips) > 1 else 0
        joined += [
            replace(file, path=start + file.path.split("/", around)[-1])
            for file in seen
            if file.path.rstrip("/").count("/") >= around
        ]
    # Large downloads come in parts. And who packs a class gives it no name of a person.
    parts = all(collected.is_part(file.name) for file in zips)
    nameless = len(zips) == 1 and not informal.is_personal(informal.stem(zips[0].path))
    if not parts and not nameless and look(joined).layout is Layout.PLAIN:
        return None
    others = [file for file in files if not is_submission(file) and not file.is_folder]
    left = [one for zipped in zips for one in nest.left.get(zipped.path, ())]
    # A part that was downloaded twice has all of it twice.
    joined, twice = told_apart(joined)
    left += twice
    return Unpacked((*joined, *others), tuple(left))


def _starts(zips: Sequence[HandedFile]) -> list[str]:
    """In which folder what is in each zip is to stand: sections stay apart, parts do not."""
    if len(zips) == 1 or all(collected.is_part(file.name) for file in zips):
        return [""] * len(zips)
    around = informal.beginning(file.path for file in zips)
    size = around.rfind("/") + 1
    return [f"{informal.stem(file.path[size:])}/" for file in zips]
