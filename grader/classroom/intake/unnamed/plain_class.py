"""A class that no system named: which folders are people, and which hold people.

A folder is somebody's, unless what stands beside it and in it says that it is a section, a late
pile, or a folder around all. One student's own folder can't settle that: most of the folders have
to agree, or it is the name that an instructor gave. A zip is read as a folder would be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.claims import Claim, in_order
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import Node, Peek, grown, is_work, of_zip
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.unnamed import attempts, copies, leftovers, namesakes, sections
from grader.classroom.intake.unnamed.namesakes import Person, Place

# More zips than these side by side are people's own, and none is opened to find out.
_MAX_SECTIONS = 40
_MAX_DEPTH = 6
_OUTERMOST = Place(())


@dataclass(frozen=True)
class PlainClass:
    """Whose each file is; what is nobody's; and what to tell of it."""

    claimed: tuple[tuple[HandedFile, Claim], ...]
    left: tuple[Left, ...]
    notices: tuple[str, ...]


@dataclass
class _Reader:
    """Reads a class. any_kind: whether all files count, since none is of a kind to be graded."""

    peek: Peek
    any_kind: bool = False
    people: list[Person] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    copies: int = 0
    attempts: int = 0

    def read(self, node: Node, place: Place = _OUTERMOST) -> None:
        """All in a folder that holds people."""
        folders = [one for one in node.folders.values() if any(True for _ in one.everything())]
        zips = self._opened(node)
        deep = len(place.above) >= _MAX_DEPTH
        holders = set() if deep else self._holders(node, [*folders, *zips], place)
        people = [one for one in folders if one.path not in holders]
        nobodys = leftovers.nobodys(
            people, holds_others=bool(holders) or any(map(is_work, node.files.values()))
        )
        theirs = {one.path for one in nobodys}
        people = [one for one in people if one.path not in theirs]
        for one in nobodys:
            if holders and informal.is_section(one.name):
                # Nobody in that section has handed in anything yet.
                self.read(one, place.below(one.name))
            else:
                self.left += map(leftovers.left, one.rest())
        marked = _marked([lateness.unmarked(one.name) for one in people], place)
        rounds = attempts.rounds([one for one in (*folders, *zips) if one.path in holders])
        for one in [*folders, *zips]:
            if one.path in rounds:
                self._round(one, rounds[one.path], place)
            elif one.path in holders:
                self.read(one, place.below(one.name))
        names = [
            lateness.unmarked(one.name)[0] if came_late else one.name
            for one, came_late in zip(people, marked, strict=True)
        ]
        again = copies.again(names)
        for one, told, came_late in zip(people, names, marked, strict=True):
            name, number = again[told]
            late = bool(place.piles) or came_late
            claimed = attempts.claims(one, name)
            self.attempts += len({claim.attempt for _, claim in claimed if claim.attempt}) > 1
            if number is not None:
                claimed = _in_round(claimed, number, one.name)
                self.copies += number > 0
            self.people.append(Person(name, place, late, claimed))
        opened = {one.zipped.path for one in zips if one.zipped and one.path in holders}
        files = [file for file in node.files.values() if file.path not in opened]
        beside = bool(holders) or any(map(informal.is_personal, names))
        self._files(files, {one.name for one in folders}, place, beside=beside)

    def _round(self, node: Node, number: int, place: Place) -> None:
        """One of several attempts of a class, of which the newest counts for everybody."""
        start = len(self.people)
        self.read(node, place)
        for one in self.people[start:]:
            one.claimed = _in_round(one.claimed, number, node.name)

    def _holders(self, node: Node, folders: list[Node], place: Place) -> set[str]:
        """The paths of those folders that hold people, and are nobody's."""
        worked = [one for one in folders if self.any_kind or any(True for _ in one.work())]
        units = node.units()
        late = [one for one in worked if sections.is_late_pile(one, units)]
        rest = [one for one in worked if one not in late]
        zipped = {one.zipped.name for one in folders if one.zipped}
        beside = [name for name, file in node.files.items() if is_work(file) and name not in zipped]
        if len(folders) == 1 and not beside:
            around = bool(worked) and self._is_around_all(folders[0], node.name, place)
            return {one.path for one in folders} if around or late else set()
        if attempts.rounds(rest):
            holders = rest
        elif sections.are_sections(rest):
            # One student's folder among sections holds nobody else.
            holders = list(filter(sections.may_hold_people, rest))
        elif sections.hold_sections(rest):
            holders = rest
        else:
            holders = sections.named_after_work(rest)
        return {one.path for one in (*late, *holders)}

    def _is_around_all(self, only: Node, outer: str, place: Place) -> bool:
        """Whether a folder with nothing beside it is around the class, and not a student's.

        Whoever has but one student can't be told from a student; then what is in it has to have
        names of people.
        """
        trial = _Reader(self.peek, self.any_kind)
        trial.read(only, place.below(only.name))
        names = {
            one.name
            for one in trial.people
            if any(self.any_kind or is_work(file) for file, _ in one.claimed)
        }
        personal = [
            name
            for name in names
            if informal.is_personal(name) and not informal.belongs_to(name, only.name)
        ]
        nameless = not informal.is_personal(only.name) or informal.is_section(only.name)
        if nameless or only.name.casefold() == informal.stem(outer).casefold():
            return bool(personal) or len(names) > 1
        if len(names) == 1:
            files = [file for file in only.files.values() if is_work(file)]
            return bool(personal) and all(is_zip_name(file.name) for file in files)
        return len(personal) > 1 and 2 * len(personal) >= len(names)

    def _opened(self, node: Node) -> list[Node]:
        """The zips that may be sections, as folders."""
        zips = [file for name, file in node.files.items() if is_zip_name(name)]
        if len(zips) > _MAX_SECTIONS:
            return []
        inside = [(file, self.peek(file)) for file in zips]
        return [of_zip(file, files) for file, files in inside if files]

    def _files(
        self, files: list[HandedFile], folders: set[str], place: Place, *, beside: bool
    ) -> None:
        """Files that stand among people: each is somebody's, or nobody's."""
        stems = {file.path: informal.stem(file.name) for file in files}
        works = leftovers.somebodys(files, alone=self.any_kind, beside=beside)
        owned = {file.path for file in works}
        read = [lateness.unmarked_copy(stems[file.path]) for file in works]
        late = {
            file.path: number
            for file, (_, _, number), came_late in zip(
                works, read, _marked([one[:2] for one in read], place), strict=True
            )
            if came_late
        }
        for path in late:
            stems[path] = lateness.unmarked_copy(stems[path])[0]
        whose = copies.owners([stems[file.path] for file in works])
        named: dict[str, list[tuple[HandedFile, Claim]]] = defaultdict(list)
        for file in works:
            student, number = whose[stems[file.path]]
            came_late = file.path in late
            number = late[file.path] if came_late else number
            version = in_order(str(number)) if number else ""
            version = f"{lateness.LATER}{version}" if came_late else version
            claim = Claim(student, file.name, late=came_late, version=version, attempt=file.name)
            named[student].append((file, claim))
        for student, claimed in named.items():
            named[student] = leftovers.along(claimed)
            versions = {claim.version for _, claim in named[student]}
            self.copies += max(1, sum(not one.startswith(lateness.LATER) for one in versions)) - 1
        for file in files:
            if file.path in owned:
                continue
            if stems[file.path] in named.keys() | folders and stems[file.path] != file.name:
                # What was exported beside the notebook, and belongs to it.
                newest = max((one.version for _, one in named[stems[file.path]]), default="")
                claim = Claim(stems[file.path], file.name, version=newest)
                named[stems[file.path]].append((file, claim))
            else:
                self.left.append(leftovers.left(file))
        late_pile = bool(place.piles)
        self.people += [
            Person(student, place, late_pile, claimed) for student, claimed in named.items()
        ]


def _in_round(
    claimed: Sequence[tuple[HandedFile, Claim]], number: int, folder: str
) -> list[tuple[HandedFile, Claim]]:
    return [
        (
            file,
            replace(
                claim,
                version=f"{in_order(str(number))} {claim.version}",
                attempt=claim.attempt or f"in {folder}/",
            ),
        )
        for file, claim in claimed
    ]


def read(files: Sequence[HandedFile], outer: str, peek: Peek) -> PlainClass:
    """The class in a tree of files. outer: the name of what holds them."""
    root = grown(files)
    root.name = outer
    reader = _Reader(peek, not any(map(is_work, files)))
    reader.read(root)
    claimed, told = namesakes.apart(reader.people)
    if reader.copies:
        told.append(
            f"{reader.copies} read as newer copies by the same student, as `name (1)` or `name_v2`"
            " of `name`; --layout files reads each file as a student's"
        )
    if reader.attempts:
        told.append(
            f"{reader.attempts} with several attempts, of which the newest counts; --student REGEX"
            " reads them otherwise"
        )
    return PlainClass(tuple(claimed), tuple(reader.left), tuple(told))


def files_alone(files: Sequence[HandedFile]) -> PlainClass:
    """Each notebook, script or zip as a student's, whatever folder it is in."""
    works = [file for file in files if is_work(file) and informal.stem(file.name)]
    names = [informal.stem(file.name) for file in works]
    marked = _marked([lateness.unmarked_copy(name)[:2] for name in names], _OUTERMOST)
    people: list[Person] = []
    for file, name, came_late in zip(works, names, marked, strict=True):
        above = tuple(file.path.split("/")[:-1])
        late = came_late or any(lateness.is_late(one) for one in above)
        people.append(Person(name, Place(above), late, [(file, Claim(name, file.name))]))
    owned = {file.path for file in works}
    left = [
        leftovers.left(file)
        for file in files
        if file.path not in owned and (file.refused or not file.is_folder)
    ]
    claimed, told = namesakes.apart(people, merge=False)
    return PlainClass(tuple(claimed), tuple(left), tuple(told))


def _marked(read: Sequence[tuple[str, bool]], place: Place) -> list[bool]:
    """Which of those side by side came late by the marks on their names.

    What most are called, with none beside them that has the name alone, says nothing of when they
    came: `ana_LATE`, `bo_LATE`, `cem_LATE`.
    """
    in_time = {name for name, marked in read if not marked}
    alone = {name for name, marked in read if marked} - in_time
    says_nothing = len(alone) > 1 and len(alone) > len(in_time) and not place.piles
    return [marked and not says_nothing for _, marked in read]
