"""Which layout it is, and at which depth of the tree it begins.

Students write names too: those of the folders and files in their hand-ins. So a layout is read
at one depth alone, and one student's folder can't settle it: what the instructor or the system
put beside it has to agree. Whatever stands deeper belongs to whoever it was found with.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile
from grader.classroom.intake.systems import gradescope_export, layouts
from grader.classroom.intake.systems.layouts import Claim, Layout, is_notebook_name
from grader.classroom.intake.systems.more_layouts import is_of_teams

# What was unpacked may stand in a folder of its own, and that in folders of downloads.
_DEPTHS = (0, 1, 2, 3)
_SYSTEMS = (
    Layout.NBGRADER, Layout.MOODLE, Layout.PRAIRIELEARN, Layout.CANVAS, Layout.GRADESCOPE,
    Layout.BRIGHTSPACE, Layout.BLACKBOARD, Layout.SAKAI, Layout.GITHUB, Layout.TEAMS,
    Layout.VOCAREUM, Layout.COCALC,
)  # fmt: skip
# Their words are anybody's: all there is has to fit.
_STRICT = frozenset({Layout.VOCAREUM})
SUBMITTED = "submitted"
_CLONES = "-submissions"
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
_ENOUGH_CLONES = 2
# What homes on a JupyterHub and people's folders begin with as well.
_PREFIXES = frozenset({"jupyter", "student", "user", "team", "group"})
# What a system puts beside the hand-ins.
_OWN = {
    Layout.SAKAI: frozenset({"grades.csv", "grades.xls", "grades.xlsx"}),
    Layout.BRIGHTSPACE: frozenset({"index.html"}),
    Layout.GITHUB: frozenset({"grades.csv", "classroom_roster.csv"}),
}


@dataclass(frozen=True)
class Reading:
    """How paths are read.

    depth: how many folders stand above what the system made.
    above: the folder that the system put around it, where it is not in the tree itself.
    """

    layout: Layout
    depth: int = 0
    above: str = ""

    def split(self, path: str) -> tuple[str, str]:
        """The folders above, and the path as the system made it; empty if it is not that deep."""
        parts = path.split("/", self.depth)
        if len(parts) <= self.depth:
            return path, ""
        return "/".join(parts[:-1]), parts[-1]

    def claim(self, path: str) -> Claim | None:
        """Whose the file is; None if it is not where the layout puts what students hand in."""
        _, below = self.split(path)
        read = layouts.CLAIMS[self.layout]
        claim = read(below)
        if claim is None and self.above:
            return read(f"{self.above}/{below}")
        return claim

    def is_own(self, path: str) -> bool:
        """Whether the system made it itself, so that nobody handed it in."""
        _, below = self.split(path)
        if self.layout is Layout.GRADESCOPE:
            return below == gradescope_export.METADATA
        if self.layout is Layout.NBGRADER:
            return not self.above and layouts.is_of_a_course(below)
        *above, name = path.split("/")
        return len(above) <= self.depth + 1 and name in _OWN.get(self.layout, ())


def detected(files: Sequence[HandedFile], folder: str) -> Reading:
    """How the files explain themselves. Plain, if no system's layout does.

    folder: the name of what holds them. nbgrader's tree below `submitted` looks like any folder
    of folders, so that name has to be there.
    """
    relevant = _relevant(files)
    readings = _readings(relevant, folder, clones=_has_clones(files, folder))
    found = (one for one in readings if _explains(one, files, relevant))
    return next(found, Reading(Layout.PLAIN))


def given(layout: Layout, files: Sequence[HandedFile], folder: str) -> Reading:
    """Where the layout that the instructor named begins.

    That is where it explains the files, else the first place that has any of it.
    """
    relevant = _relevant(files)
    clones = layout is Layout.GITHUB
    likely = [one for one in _readings(relevant, folder, clones=clones) if one.layout is layout]
    if layout is Layout.NBGRADER and folder != SUBMITTED:
        likely.append(Reading(layout, above=SUBMITTED))
    for one in likely:
        if _explains(one, files, relevant):
            return one
    for one in likely:
        if any(one.claim(file.path) is not None for file in files):
            return one
    return Reading(layout)


def _has_clones(files: Sequence[HandedFile], folder: str) -> bool:
    """Whether something besides the names says that these are GitHub Classroom's clones."""
    around = informal.beginning(file.path for file in files if is_work(file)).split("/")[:-1]
    lists = {
        file.path.split("/")[:-1] == around[: file.path.count("/")]
        for file in files
        if file.name in _OWN[Layout.GITHUB]
    }
    return True in lists or any(name.endswith(_CLONES) for name in (folder, *around))


def _readings(
    relevant: Sequence[HandedFile], folder: str, *, clones: bool = False
) -> list[Reading]:
    """All ways to read the files, the likelier ones first.

    clones: whether folders are likely to be clones, whatever their names begin with.
    """
    readings = [Reading(layout, depth) for depth in _DEPTHS for layout in _SYSTEMS]
    around = []
    if folder == SUBMITTED:
        around.append(Reading(Layout.NBGRADER, above=SUBMITTED))
    if folder.endswith(_CLONES) or is_of_teams(folder):
        layout = Layout.GITHUB if folder.endswith(_CLONES) else Layout.TEAMS
        around.append(Reading(layout, above=folder))
    readings[len(_SYSTEMS) : len(_SYSTEMS)] = around
    slugs = [(depth, _slug(relevant, depth, clones=clones)) for depth in _DEPTHS[:-1]]
    return [
        *readings,
        *(Reading(Layout.GITHUB, depth, f"{slug}{_CLONES}") for depth, slug in slugs if slug),
    ]


def _slug(files: Sequence[HandedFile], depth: int, *, clones: bool) -> str:
    """What the names of all clones begin with, if it is that of an exercise.

    clones: whether it may be called anything, in more words than people's first names are.
    """
    tops = {parts[depth] for file in files if len(parts := file.path.split("/")) > depth + 1}
    if len(tops) < _ENOUGH_CLONES or any(file.path.count("/") <= depth for file in files):
        return ""
    common = informal.beginning(tops)
    slug = common[: max(0, common.rfind("-"))]
    logins = [top[len(slug) + 1 :] for top in tops]
    if (
        not slug
        or slug in _PREFIXES
        or (informal.is_personal(slug) and not (clones and "-" in slug))
        or not all(map(_LOGIN.fullmatch, logins))
    ):
        return ""
    # `hw-1` and `hw-2` are two exercises, and `team-1` is what a team is called.
    return slug if any(informal.is_personal(login) for login in logins) else ""


def is_submission(file: HandedFile) -> bool:
    """Whether it is a notebook or a zip, by its name."""
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


def _explains(
    reading: Reading, files: Sequence[HandedFile], relevant: Sequence[HandedFile]
) -> bool:
    """Whether at least half of what stands at the reading's depth says whose it is there.

    Students count once each, whatever they hand in. If there are several folders above, it has
    to be so in every one of them, and nobody may be in two: such are sections of a class. In
    folders of students, one differs from the others, or all hold files of the same names.
    """
    claims = {file.path: reading.claim(file.path) for file in relevant}
    if not any(claim is not None and claim.sure for claim in claims.values()):
        return False
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
    if reading.layout in _STRICT and any(one.other - one.students for one in groups.values()):
        return False
    # A student who handed in nothing yet, or no notebook, has a folder all the same.
    seen = {above.partition("/")[0] for above in groups}
    others = [
        file for file in files if "/" in file.path and file.path.partition("/")[0] not in seen
    ]
    if reading.depth and not _explains_too(reading, others):
        return False
    students = [student for group in groups.values() for student in group.students]
    # Sakai has one folder for each; `Lee, Ana (late)` and `Roe, Bo (late)` only look alike.
    folders = {(claim.student, claim.folder) for claim in claims.values() if claim is not None}
    once = reading.layout is not Layout.SAKAI or len(folders) == len({one for one, _ in folders})
    if any(lateness.is_late(part) for above in groups for part in above.split("/")):
        # Who handed in again is in both.
        return once
    return once and len(students) == len(set(students))


def _explains_too(reading: Reading, files: Iterable[HandedFile]) -> bool:
    """Whether folders without any notebook are of the same system, each of them and all in them."""
    tops: dict[str, bool] = {}
    for file in files:
        top = file.path.partition("/")[0]
        _, below = reading.split(file.path)
        claim = reading.claim(file.path) if below else None
        if below and not reading.is_own(file.path) and not (claim and claim.sure):
            return False
        tops[top] = tops.get(top, False) or claim is not None
    return all(tops.values())


def _relevant(files: Iterable[HandedFile]) -> list[HandedFile]:
    files = list(files)
    return (
        [file for file in files if is_submission(file)]
        or [file for file in files if is_work(file)]
        or [
            file for file in files if not file.is_folder and file.name != gradescope_export.METADATA
        ]
        or files
    )
