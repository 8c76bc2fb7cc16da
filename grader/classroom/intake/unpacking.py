"""Zips that hold the class: what is in them stands in their place, and is there but once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from grader.classroom.intake import informal, lateness, versions
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.listing import told_apart
from grader.classroom.intake.files.nested import MAX_ALONE, Nest
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.systems import collected
from grader.classroom.intake.systems.detection import Reading, is_submission
from grader.classroom.intake.systems.layouts import Layout

# More zips than these are students' own, and none is opened to find a class in it.
_MAX_ZIPS = 40
# Of so many one may be that of all that stands beside it.
_FEW = 3


@dataclass(frozen=True)
class Unpacked:
    """The files that are in zips, and those beside them; and what in the zips is nobody's."""

    files: tuple[HandedFile, ...]
    left: tuple[Left, ...]


def without_doubles(files: Sequence[HandedFile], nest: Nest) -> tuple[list[HandedFile], list[Left]]:
    """The files but for zips of which all is there unpacked, in a folder of their name or beside.

    Browsers and people unpack what was downloaded, and leave the zip where it is.
    """
    zips = [file for file in files if not file.is_folder and is_zip_name(file.name)]
    sizes: dict[str, set[tuple[str, int]]] = defaultdict(set)
    packed = {file.path for file in zips}
    tops = {file.path[:-4] for file in zips}
    # Who packs the class gives it no name of a person, and no mark of another time.
    several = [file for file in zips if _is_nameless(file) and _holds_people(nest.peek(file) or ())]
    if len(zips) <= _FEW:
        tops |= {_folder(file) for file in several}
    for file in files:
        for top in _around(file.path, tops) if is_work(file) and file.path not in packed else ():
            sizes[top].add((file.path[len(top) :].lstrip("/"), file.size))
    left = [
        Left(file.path, "is what was unpacked beside it")
        for file in zips[:_MAX_ZIPS]
        if (places := [sizes[top] for top in _tops(file, several) if top in sizes])
        and _is_there(nest.peek(file), file, places)
    ]
    doubles = {one.file for one in left}
    return [file for file in files if file.path not in doubles], left


def _is_nameless(zipped: HandedFile) -> bool:
    name = informal.stem(zipped.name)
    return not informal.is_personal(name) and not lateness.is_late(name)


def _tops(zipped: HandedFile, several: Sequence[HandedFile]) -> list[str]:
    """Where what is in the zip may have been unpacked."""
    return [zipped.path[:-4], *([_folder(zipped)] if zipped in several else [])]


def _folder(file: HandedFile) -> str:
    return file.path.rpartition("/")[0]


def _around(path: str, tops: set[str]) -> list[str]:
    parts = path.split("/")[:-1]
    return [top for place in range(len(parts) + 1) if (top := "/".join(parts[:place])) in tops]


def _is_there(
    inside: Sequence[HandedFile] | None, zipped: HandedFile, places: list[set[tuple[str, int]]]
) -> bool:
    """Whether all work in a zip is in one of these places; it may have a folder around it."""
    works = {
        (file.path.removeprefix(f"{zipped.path}/"), file.size)
        for file in inside or ()
        if is_work(file)
    }
    around = {path.partition("/")[0] for path, _ in works if "/" in path}
    if len(around) == 1 and all("/" in path for path, _ in works):
        flat = {(path.partition("/")[2], size) for path, size in works}
        return any(works <= place or flat <= place for place in places)
    return bool(works) and any(works <= place for place in places)


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
    again = _are_one_again(zips)
    if again:
        # Of what is in two downloads the last one counts.
        zips.sort(key=lambda file: versions.without_copy(informal.stem(file.path))[1])
    insides = [nest.peek(file) for file in zips]
    if not all(insides):
        return None
    # Students call their own zips alike, too.
    again = again and all(_holds_people(inside or ()) for inside in insides)
    joined: list[HandedFile] = []
    for zipped, start, inside in zip(zips, _starts(zips, again=again), insides, strict=True):
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
    # A part that was downloaded twice has all of it twice.
    joined, twice = told_apart(joined)
    # Large downloads come in parts. And who packs a class gives it no name of a person.
    parts = all(collected.is_part(file.name) for file in zips)
    nameless = (again or len(zips) == 1) and not informal.is_personal(informal.stem(zips[0].path))
    if not parts and not nameless and look(joined).layout is Layout.PLAIN:
        return None
    others = [file for file in files if not is_submission(file) and not file.is_folder]
    left = [one for zipped in zips for one in nest.left.get(zipped.path, ())]
    left += twice
    return Unpacked((*joined, *others), tuple(left))


def as_folders(files: Sequence[HandedFile], nest: Nest) -> tuple[list[HandedFile], list[Left]]:
    """The files with zips as folders of their names, and what in them is nobody's."""
    found: list[HandedFile] = []
    left: list[Left] = []
    zips = {file.path for file in files if not file.is_folder and is_zip_name(file.name)}
    if len(zips) == 1:
        nest.limit = MAX_ALONE
    for file in files:
        inside = nest.peek(file) if file.path in zips else None
        if inside is None:
            found.append(file)
        else:
            start = file.path[:-4]
            found += [replace(one, path=start + one.path[len(file.path) :]) for one in inside]
            left += nest.left.get(file.path, ())
    return found, left


def _are_one_again(zips: Sequence[HandedFile]) -> bool:
    """Whether they are downloads of one thing: `submissions.zip` and `submissions (1).zip`."""
    names = {versions.without_copy(informal.stem(file.path))[0] for file in zips}
    return len(zips) > 1 and len(names) == 1


def _holds_people(inside: Sequence[HandedFile]) -> bool:
    """Whether what is in a zip is called as several people are."""
    names = {informal.stem(file.name) for file in inside if is_work(file)}
    return sum(map(informal.is_personal, names)) > 1


def _starts(zips: Sequence[HandedFile], *, again: bool) -> list[str]:
    """In which folder what is in each zip is to stand: sections stay apart, parts do not."""
    parts = all(collected.is_part(file.name) for file in zips)
    if len(zips) == 1 or parts or again:
        return [""] * len(zips)
    around = informal.beginning(file.path for file in zips)
    size = around.rfind("/") + 1
    return [f"{informal.stem(file.path[size:])}/" for file in zips]
