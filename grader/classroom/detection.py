"""Which layout it is, and at which depth of the tree it begins.

Students write names too: those of the folders and files in their hand-ins. So a layout is read
at one depth alone, and one student's folder can't settle it: what the instructor or the system
put beside it has to agree. Whatever stands deeper belongs to whoever it was found with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.classroom import gradescope, layouts
from grader.classroom.archive import is_zip_name
from grader.classroom.handed import HandedFile
from grader.classroom.layouts import Claim, Layout, is_notebook_name

# What was unpacked may stand in a folder of its own, and that in a folder of downloads.
_DEPTHS = (0, 1, 2)
_SYSTEMS = (Layout.NBGRADER, Layout.MOODLE, Layout.CANVAS, Layout.GRADESCOPE)
_SUBMITTED = "submitted"


@dataclass(frozen=True)
class Reading:
    """How paths are read.

    depth: how many folders stand above what the system made.
    inside: whether it is the inside of nbgrader's `submitted` folder.
    """

    layout: Layout
    depth: int = 0
    inside: bool = False

    def split(self, path: str) -> tuple[str, str]:
        """The folders above, and the path as the system made it; empty if it is not that deep."""
        parts = path.split("/", self.depth)
        if len(parts) <= self.depth:
            return path, ""
        return "/".join(parts[:-1]), parts[-1]

    def claim(self, path: str) -> Claim | None:
        """Whose the file is; None if it is not where the layout puts what students hand in."""
        _, below = self.split(path)
        claim = layouts.CLAIMS[self.layout](below)
        if claim is None and self.inside:
            return layouts.nbgrader(f"{_SUBMITTED}/{below}")
        return claim

    def is_own(self, path: str) -> bool:
        """Whether the system made it itself, so that nobody handed it in."""
        _, below = self.split(path)
        if self.layout is Layout.GRADESCOPE:
            return below == gradescope.METADATA
        return self.layout is Layout.NBGRADER and not self.inside and layouts.is_of_a_course(below)


def detected(files: Sequence[HandedFile], folder: str) -> Reading:
    """How the files explain themselves. Plain, if no system's layout does.

    folder: the name of what holds them. nbgrader's tree below `submitted` looks like any folder
    of folders, so that name has to be there.
    """
    readings = [Reading(layout, depth) for depth in _DEPTHS for layout in _SYSTEMS]
    if folder == _SUBMITTED:
        readings.insert(len(_SYSTEMS), Reading(Layout.NBGRADER, inside=True))
    return next((one for one in readings if _explains(one, files)), Reading(Layout.PLAIN))


def given(layout: Layout, files: Sequence[HandedFile], folder: str) -> Reading:
    """Where the layout that the instructor named begins.

    That is where it explains the files, else the first place that has any of it.
    """
    top, *deeper = (Reading(layout, depth) for depth in _DEPTHS)
    inside = [Reading(layout, inside=True)] if layout is Layout.NBGRADER else []
    if layout is Layout.PLAIN:
        return top
    likely = [top, *inside, *deeper] if folder == _SUBMITTED else [top, *deeper, *inside]
    for one in likely:
        if _explains(one, files):
            return one
    for one in (top, *inside, *deeper):
        if any(one.claim(file.path) is not None for file in files):
            return one
    return top


def is_submission(file: HandedFile) -> bool:
    """Whether it may be what is graded, by its name."""
    return not file.is_folder and (is_notebook_name(file.path) or is_zip_name(file.path))


@dataclass
class _Group:
    """What stands beside each other: students, what the system made, and everything else."""

    students: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)

    @property
    def agrees(self) -> bool:
        """Whether at least half of it speaks for the layout."""
        return bool(self.students) and len(self.students) + len(self.own) >= len(self.other)


def _explains(reading: Reading, files: Sequence[HandedFile]) -> bool:
    """Whether at least half of what stands at the reading's depth says whose it is there.

    Students count once each, whatever they hand in. If there are several folders above, it has
    to be so in every one of them, and nobody may be in two: such are sections of a class. In
    folders of students, one differs from the others, or all hold files of the same names.
    """
    claims = {file.path: reading.claim(file.path) for file in _relevant(files)}
    # Canvas numbers each file once. `hw_1_2_ann.ipynb` and `hw_1_2_bob.ipynb` only look alike.
    numbers = Counter(claim.number for claim in claims.values() if claim is not None)
    groups: dict[str, _Group] = defaultdict(_Group)
    for path, claim in claims.items():
        above, below = reading.split(path)
        top = below.partition("/")[0]
        if claim is not None and claim.sure and not (claim.number and numbers[claim.number] > 1):
            groups[above].students.add(claim.student)
        else:
            (groups[above].own if reading.is_own(path) else groups[above].other).add(top)
    if not groups or not all(group.agrees for group in groups.values()):
        return False
    # A student who handed in nothing yet, or no notebook, has a folder all the same.
    tops = {file.path.partition("/")[0] for file in files if "/" in file.path}
    if reading.depth and tops != {above.partition("/")[0] for above in groups}:
        return False
    students = [student for group in groups.values() for student in group.students]
    return len(students) == len(set(students))


def _relevant(files: Iterable[HandedFile]) -> list[HandedFile]:
    files = list(files)
    return (
        [file for file in files if is_submission(file)]
        or [file for file in files if not file.is_folder and file.name != gradescope.METADATA]
        or files
    )
