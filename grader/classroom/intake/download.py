"""From what an instructor downloaded to who handed in what.

No file is opened here but zips' own tables of contents, Gradescope's list of people and the first
line of Blackboard's receipts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.classroom.intake import unpacking
from grader.classroom.intake.claims import is_notebook_name
from grader.classroom.intake.files.listing import Listing
from grader.classroom.intake.files.nested import Nest
from grader.classroom.intake.files.places import Folder, Zip
from grader.classroom.intake.hand_ins import by_student, nearly_namesakes, several
from grader.classroom.intake.handed import HandedFile, Intake, Left
from grader.classroom.intake.people import claiming, mixing, own_late
from grader.classroom.intake.people.identities import Claimed, settled
from grader.classroom.intake.people.roster import Roster
from grader.classroom.intake.people.student_pattern import Naming
from grader.classroom.intake.systems import collected, detection, gradescope_export
from grader.classroom.intake.systems.detection import SUBMITTED, Reading, is_submission
from grader.classroom.intake.systems.layouts import Layout
from grader.classroom.intake.unnamed import plain_class
from grader.errors import UsageError

# A class is packed, and what was packed again.
_MAX_NESTED = 3


@dataclass(frozen=True)
class _Found:
    """How the class was read: what of it is whose, and what is nobody's."""

    layout: str
    claimed: list[Claimed]
    left: list[Left]
    notices: tuple[str, ...] = ()
    lists: tuple[HandedFile, ...] = ()


@contextmanager
def opened(
    path: Path,
    layout: Layout | None = None,
    *,
    assignment: str | None = None,
    output: Path | None = None,
    naming: Naming | None = None,
    roster: Roster | None = None,
) -> Iterator[Intake]:
    """All that was handed in below `path`, a folder or a zip; readable inside the `with`.

    layout: how it is laid out; found out if None.
    assignment: nbgrader's name of the assignment, where a tree holds several.
    output: where results go; a folder below `path` of that name holds no submissions.
    naming: the instructor's own pattern for whose a file is; no layout is looked for then.
    roster: under which ids the gradebook knows people.
    Raises UsageError if there is nothing to grade, or no telling what.
    """
    with _place(path, output) as place, Nest() as nest:
        listing = place.listing()
        files = list(listing.files)
        if naming is not None:
            found = _named(path, files, naming, nest)
        else:
            found = _Reader(path, nest, assignment).read(files, layout)
        intake = _intake(path, found, listing, layout)
        yield intake if roster is None else _known(intake, roster)


def _place(path: Path, output: Path | None) -> Folder | Zip:
    if path.is_dir():
        if output is not None and output.resolve() == path.resolve():
            raise UsageError(f"{output}: holds the submissions; results need a folder of their own")
        return Folder(path, output)
    if not path.exists():
        raise UsageError(f"{path}: there is no such folder or zip")
    if is_notebook_name(path.name):
        raise UsageError(f"{path}: is one notebook; `grader grade` grades it")
    return Zip(path, path.name)


def _intake(path: Path, found: _Found, listing: Listing, layout: Layout | None) -> Intake:
    handins = by_student(found.claimed)
    if found.layout is Layout.GRADESCOPE:
        handins = gradescope_export.with_people(handins, found.lists)
    if not handins:
        kind = "" if layout is None else f" in {layout}'s layout"
        raise UsageError(f"{path}: holds no submissions{kind}")
    handins = sorted(handins, key=lambda one: one.student)
    notices = [
        *found.notices,
        *several(handins, found.layout),
        *nearly_namesakes(handins, found.layout),
    ]
    left = (*listing.left, *found.left, *listing.hidden)
    return Intake(found.layout, tuple(handins), left, tuple(notices))


def _named(path: Path, files: list[HandedFile], naming: Naming, nest: Nest) -> _Found:
    """As the instructor's pattern says; zips are folders where it says nothing of anything else."""
    claimed, left = naming.claims(files)
    if not claimed:
        opened, more = unpacking.as_folders(files, nest)
        claimed, left = naming.claims(opened)
        left += more
    if not claimed:
        raise UsageError(
            f"{path}: --student {naming.pattern.pattern!r} matches none of {len(left)} files,"
            f" such as {left[0].file!r}"
            if left
            else f"{path}: holds no submissions"
        )
    return _Found("named", claimed, left)


def _known(found: Intake, roster: Roster) -> Intake:
    """With the names and ids of the roster."""
    handins, told, absent = roster.applied(found.handins)
    notices = (*found.notices, *told)
    return replace(found, handins=tuple(handins), notices=notices, absent=absent)


@dataclass(frozen=True)
class _Reader:
    """Reads a class as its layout says. outer: the name of what holds it."""

    path: Path
    nest: Nest
    assignment: str | None

    @property
    def outer(self) -> str:
        path = self.path.absolute()
        return path.name if path.is_dir() else path.stem

    def read(self, files: list[HandedFile], layout: Layout | None) -> _Found:
        files, beside = collected.extracted(files, self.assignment)
        files, left = unpacking.without_doubles(files, self.nest)
        reading = self._reading(files, layout)
        look = partial(self._reading, layout=layout)
        zipped = 0 if layout in (Layout.PLAIN, Layout.FILES) else _MAX_NESTED
        for _ in range(zipped):
            unpacked = unpacking.unpacked(files, reading, self.nest, look)
            if unpacked is None:
                break
            files, more = collected.extracted(list(unpacked.files), self.assignment)
            files, doubles = unpacking.without_doubles(files, self.nest)
            left += [*unpacked.left, *doubles]
            beside = beside.and_also(more)
            reading = self._reading(files, layout)
        named = beside.chosen or collected.has_assignments(reading.layout)
        if self.assignment is not None and not named:
            raise UsageError(
                "--nbgrader-assignment is for layouts that name assignments, such as nbgrader's,"
                f" and {self.path} is read as {reading.layout}"
            )
        found = self._found(files, reading, layout)
        left = [*beside.left, *left, *found.left]
        return replace(found, claimed=own_late.settled(found.claimed), left=left)

    def _reading(self, files: Sequence[HandedFile], layout: Layout | None) -> Reading:
        if layout is None:
            return detection.detected(files, self.outer)
        return detection.given(layout, files, self.outer)

    def _found(self, files: list[HandedFile], reading: Reading, layout: Layout | None) -> _Found:
        if layout is Layout.FILES or (layout is None and reading.layout is Layout.PLAIN):
            mixed = mixing.by_folder(files) if layout is None else None
            if mixed is not None:
                return _Found(mixed.layout, mixed.claimed, mixed.left)
            if layout is Layout.FILES:
                plain = plain_class.files_alone(files)
            else:
                plain = plain_class.read(files, self.outer, self.nest.peek)
            opened = {file.path.partition(".zip/")[0] + ".zip" for file, _ in plain.claimed}
            inside = [one for path in sorted(opened) for one in self.nest.left.get(path, ())]
            kind = layout or Layout.PLAIN
            return _Found(kind, list(plain.claimed), [*plain.left, *inside], plain.notices)
        if reading.above == SUBMITTED and self.outer != SUBMITTED:
            files = _unwrapped(files)
        claimed, left = claiming.claims(reading, files)
        if collected.has_assignments(reading.layout) and claimed:
            claimed = claiming.of_assignment(claimed, self.assignment)
        told: list[str] = []
        if layout is None:
            others, told = mixing.beside(reading, files, claimed)
            claimed = settled(reading.layout, claimed) + others
            known = {file.path for file, _ in others}
            left = [one for one in left if one.file not in known]
        else:
            claimed = settled(reading.layout, claimed)
        lists = tuple(file for file in files if reading.is_own(file.path))
        return _Found(reading.layout, claimed, left, tuple(told), lists)


def _unwrapped(files: list[HandedFile]) -> list[HandedFile]:
    # Who zips a folder gets a zip that holds that folder. One student's folder alone in a zip
    # looks alike, unless there is but one notebook in it and nothing below.
    tops = {file.path.partition("/")[0] for file in files}
    if len(tops) != 1 or any("/" not in file.path for file in files):
        return files
    nested = any(file.path.rstrip("/").count("/") > (not file.is_folder) for file in files)
    if not nested and sum(is_submission(file) for file in files) < 2:
        return files
    top = tops.pop() + "/"
    return [replace(file, path=file.path[len(top) :]) for file in files if file.path != top]
