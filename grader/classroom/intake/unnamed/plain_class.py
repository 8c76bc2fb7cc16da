"""A class that no system named: which folders are people, and which hold people.

A folder is somebody's, unless what stands beside it and in it says that it is a section, a late
pile, or a folder around all. One student's own folder can't settle that: most of the folders have
to agree, or it is the name that an instructor gave. A zip is read as a folder would be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.claims import Claim, in_order
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import Node, Peek, grown, is_work, of_zip
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.unnamed import copies, sections

# More zips than these side by side are people's own, and none is opened to find out.
_MAX_SECTIONS = 40
_MAX_DEPTH = 6
_SHOWN = 3
_ATTEMPT = re.compile(
    r"(?i)(?:version|wersja|vers[aã]o|versi[oó]n|versione|versie|verze|attempt|versuch|tentativa|"
    r"tentative|intento|essai|submission|resubmission|abgabe|try|poging|upload|rev|v)[ _.-]?\d+"
    r"|\d{4}-\d\d-\d\d[^/]*"
)
_ATTEMPTS = frozenset({"submissions", "submission", "attempts", "versions", "abgaben", "history"})


@dataclass(frozen=True)
class PlainClass:
    """Whose each file is; what is nobody's; and what to tell of it."""

    claimed: tuple[tuple[HandedFile, Claim], ...]
    left: tuple[Left, ...]
    notices: tuple[str, ...]


@dataclass
class _Person:
    """Who was found: by which name, in which folders of folders, and with what."""

    name: str
    above: tuple[str, ...]
    late: bool
    claimed: list[tuple[HandedFile, Claim]]


@dataclass
class _Reader:
    peek: Peek
    people: list[_Person] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    copies: int = 0

    def read(self, node: Node, above: tuple[str, ...] = (), *, late: bool = False) -> None:
        """All in a folder that holds people."""
        folders = [one for one in node.folders.values() if any(True for _ in one.everything())]
        zips = self._opened(node)
        holders = (
            self._holders(node, [*folders, *zips], above) if len(above) < _MAX_DEPTH else set()
        )
        for one in [*folders, *zips]:
            if one.path in holders:
                came_late = late or lateness.is_late(one.name)
                self.read(one, (*above, one.name), late=came_late)
            elif one.zipped is None:
                name, marked = lateness.unmarked(one.name)
                self.people.append(_Person(name, above, late or marked, _folder(one, name)))
        opened = {one.zipped.path for one in zips if one.zipped and one.path in holders}
        files = [file for file in node.files.values() if file.path not in opened]
        self._files(files, {one.name for one in folders}, above, late=late)

    def _holders(self, node: Node, folders: list[Node], above: tuple[str, ...]) -> set[str]:
        """The paths of those folders that hold people, and are nobody's."""
        worked = [one for one in folders if any(True for _ in one.work())]
        late = [one for one in worked if sections.is_late_pile(one)]
        rest = [one for one in worked if one not in late]
        zipped = {one.zipped.name for one in folders if one.zipped}
        beside = [name for name, file in node.files.items() if is_work(file) and name not in zipped]
        if len(folders) == 1 and not beside:
            around = bool(worked) and self._is_around_all(folders[0], node.name, above)
            return {one.path for one in folders} if around or late else set()
        if sections.are_sections(rest) or sections.hold_sections(rest):
            holders = rest
        else:
            holders = sections.named_after_work(rest)
        return {one.path for one in (*late, *holders)}

    def _is_around_all(self, only: Node, outer: str, above: tuple[str, ...]) -> bool:
        """Whether a folder with nothing beside it is around the class, and not a student's.

        Whoever has but one student can't be told from a student; then what is in it has to have
        names of people.
        """
        trial = _Reader(self.peek)
        trial.read(only, (*above, only.name))
        names = {one.name for one in trial.people if any(is_work(file) for file, _ in one.claimed)}
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
        self, files: list[HandedFile], folders: set[str], above: tuple[str, ...], *, late: bool
    ) -> None:
        """Files that stand among people: each is somebody's, or nobody's."""
        marked = {file.path: lateness.unmarked(informal.stem(file.name)) for file in files}
        stems = {path: name for path, (name, _) in marked.items()}
        works = [file for file in files if is_work(file) and stems[file.path]]
        owned = {file.path for file in works}
        whose = copies.owners([stems[file.path] for file in works])
        named: dict[str, list[tuple[HandedFile, Claim]]] = defaultdict(list)
        for file in works:
            student, number = whose[stems[file.path]]
            version = in_order(str(number)) if number else ""
            self.copies += bool(number)
            came_late = marked[file.path][1]
            version = f"{lateness.LATER}{version}" if came_late else version
            claim = Claim(student, file.name, late=came_late, version=version, attempt=file.name)
            named[student].append((file, claim))
        for file in files:
            if file.path in owned:
                continue
            if stems[file.path] in named.keys() | folders and stems[file.path] != file.name:
                # What was exported beside the notebook, and belongs to it.
                newest = max((one.version for _, one in named[stems[file.path]]), default="")
                claim = Claim(stems[file.path], file.name, version=newest)
                named[stems[file.path]].append((file, claim))
            else:
                self.left.append(Left(file.path, file.refused or "does not say whose it is"))
        self.people += [
            _Person(student, above, late, claimed) for student, claimed in named.items()
        ]


def read(files: Sequence[HandedFile], outer: str, peek: Peek) -> PlainClass:
    """The class in a tree of files. outer: the name of what holds them."""
    root = grown(files)
    root.name = outer
    reader = _Reader(peek)
    reader.read(root)
    claimed, told = _unique(reader.people)
    if reader.copies:
        told.append(
            f"{reader.copies} read as newer copies by the same student, as `name (1)` of `name`;"
            " --layout files reads each file as a student's"
        )
    return PlainClass(tuple(claimed), tuple(reader.left), tuple(told))


def files_alone(files: Sequence[HandedFile]) -> PlainClass:
    """Each notebook, script or zip as a student's, whatever folder it is in."""
    people: list[_Person] = []
    left: list[Left] = []
    for file in files:
        name = informal.stem(file.name)
        if is_work(file) and name:
            above = tuple(file.path.split("/")[:-1])
            late = any(lateness.is_late(one) for one in above)
            late = late or lateness.unmarked(name)[1]
            people.append(_Person(name, above, late, [(file, Claim(name, file.name))]))
        elif file.refused or not file.is_folder:
            left.append(Left(file.path, file.refused or "does not say whose it is"))
    claimed, told = _unique(people, merge=False)
    return PlainClass(tuple(claimed), tuple(left), tuple(told))


def _folder(node: Node, student: str) -> list[tuple[HandedFile, Claim]]:
    """All of a folder that is somebody's; of numbered attempts in it, the newest counts."""
    inside = [(file, file.path[len(node.path) :]) for file in node.everything()]
    attempts = {file.path: _attempt(rest) for file, rest in inside if is_work(file)}
    numbered = len(set(attempts.values())) > 1 and all(attempts.values())
    numbered = numbered and len({one[0] for one in attempts.values() if one}) == 1
    newest = max((in_order(one[1]) for one in attempts.values() if one), default="")
    claimed = []
    for file, rest in inside:
        found = _attempt(rest) if numbered else None
        version = in_order(found[1]) if found else newest if numbered else ""
        own = "" if file.is_folder else rest
        claimed.append(
            (file, Claim(student, own, version=version, attempt=found[1] if found else ""))
        )
    return claimed


def _attempt(rest: str) -> tuple[str, str] | None:
    """The folder of numbered attempts, and which of them the path is in."""
    parts = rest.split("/")[:-1]
    for place, part in enumerate(parts):
        above = parts[place - 1].casefold() if place else ""
        if _ATTEMPT.fullmatch(part) or (part.isdigit() and above in _ATTEMPTS):
            return "/".join(parts[:place]), part
    return None


def _unique(
    people: list[_Person], *, merge: bool = True
) -> tuple[list[tuple[HandedFile, Claim]], list[str]]:
    """The claims under ids of which each is one person's, and what to tell of those alike.

    A late pile holds what people hand in again. Elsewhere the same name is another person, who
    is told apart by the folder.
    """
    by_name: dict[str, list[_Person]] = defaultdict(list)
    for one in people:
        by_name[one.name].append(one)
    # What is around all tells nobody apart.
    places = [one.above for one in people]
    around = 0
    while len({place[: around + 1] for place in places}) == 1 and around < len(places[0]):
        around += 1
    claimed: list[tuple[HandedFile, Claim]] = []
    told: list[str] = []
    for name, alike in by_name.items():
        again = merge and any(one.late for one in alike)
        apart_by = {one.above for one in alike}
        for one in alike:
            apart = len(apart_by) > 1 and not again and bool(one.above)
            student = "/".join((*one.above[around:], name)) if apart else name
            claimed += [
                (
                    file,
                    _as(
                        claim,
                        student,
                        replace(one, above=one.above[around:]),
                        again=again and len(alike) > 1,
                    ),
                )
                for file, claim in one.claimed
            ]
        if len(apart_by) > 1 and not again:
            told.append(f"{len(apart_by)} are called {name}, and are told apart by their folders")
    return claimed, _short(told)


def _as(claim: Claim, student: str, one: _Person, *, again: bool) -> Claim:
    place = "/".join(one.above)
    version = f"{int(one.late)} {claim.version}" if again else claim.version
    attempt = (
        claim.attempt or (f"in {place}/" if place else "the one in time")
        if again
        else claim.attempt
    )
    return replace(
        claim,
        student=student,
        name=one.name,
        late=claim.late or one.late,
        version=version,
        attempt=attempt,
    )


def _short(told: list[str]) -> list[str]:
    more = len(told) - _SHOWN
    return told if more <= 0 else [*told[:_SHOWN], f"and {more} more names are of several people"]
