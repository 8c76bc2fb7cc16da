"""A class that no system named: which folders are people, and which hold people.

A folder is somebody's, unless what stands beside it and in it says that it is a section, a late
pile, or a folder around all. One student's own folder can't settle that: most of the folders have
to agree, or it is the name that an instructor gave. A zip is read as a folder would be.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.classroom import words
from grader.classroom.archive import is_zip_name
from grader.classroom.claims import Claim, in_order
from grader.classroom.handed import HandedFile, Left
from grader.classroom.tree import Node, Peek, grown, is_work, of_zip

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
    sections: list[str] = field(default_factory=list)
    copies: int = 0

    def read(self, node: Node, above: tuple[str, ...] = (), *, late: bool = False) -> None:
        """All in a folder that holds people."""
        folders = [one for one in node.folders.values() if any(True for _ in one.everything())]
        zips = self._opened(node)
        holders = _holders(node, [*folders, *zips])
        for one in [*folders, *zips]:
            if one.path in holders and len(above) < _MAX_DEPTH:
                came_late = late or words.is_late(one.name)
                self.sections.append(one.name)
                self.read(one, (*above, one.name), late=came_late)
            elif one.zipped is None:
                self.people.append(_Person(one.name, above, late, _folder(one)))
        opened = {one.zipped.path for one in zips if one.zipped and one.path in holders}
        files = [file for file in node.files.values() if file.path not in opened]
        self._files(files, {one.name for one in folders}, above, late=late)

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
        stems = {file.path: words.stem(file.name) for file in files}
        works = [file for file in files if is_work(file) and stems[file.path]]
        whose = _owners([stems[file.path] for file in works])
        named: dict[str, list[tuple[HandedFile, Claim]]] = defaultdict(list)
        for file in works:
            student, number = whose[stems[file.path]]
            version = in_order(str(number)) if number else ""
            self.copies += bool(number)
            named[student].append(
                (file, Claim(student, file.name, version=version, attempt=file.name))
            )
        for file in files:
            if file in works:
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
        name = words.stem(file.name)
        if is_work(file) and name:
            above = tuple(file.path.split("/")[:-1])
            late = any(words.is_late(one) for one in above)
            people.append(_Person(name, above, late, [(file, Claim(name, file.name))]))
        elif file.refused or not file.is_folder:
            left.append(Left(file.path, file.refused or "does not say whose it is"))
    claimed, told = _unique(people, merge=False)
    return PlainClass(tuple(claimed), tuple(left), tuple(told))


def _folder(node: Node) -> list[tuple[HandedFile, Claim]]:
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
            (file, Claim(node.name, own, version=version, attempt=found[1] if found else ""))
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


def _holders(node: Node, folders: list[Node]) -> set[str]:
    """The paths of those folders that hold people, and are nobody's."""
    worked = [one for one in folders if any(True for _ in one.work())]
    late = [one for one in worked if words.is_late(one.name) and _names_people(one)]
    rest = [one for one in worked if one not in late]
    beside = [name for name, file in node.files.items() if is_work(file) and not is_zip_name(name)]
    zipped = {one.zipped.name for one in folders if one.zipped}
    zips = [name for name in node.files if is_zip_name(name) and name not in zipped]
    alone = len(folders) == 1 and not beside and not zips
    found = {one.path for one in late}
    if alone and _is_around_all(folders[0], node.name):
        found.add(folders[0].path)
    elif rest and not alone and _are_sections(rest):
        found |= {one.path for one in rest}
    return found


def _names_people(node: Node) -> bool:
    return any(words.is_personal(name) for name in node.units())


def _is_around_all(only: Node, outer: str) -> bool:
    """Whether a folder with nothing beside it is around the class, and not a student's.

    Whoever has but one student can't be told from a student; then what is in it has to have
    names of people.
    """
    units = only.units()
    personal = [
        name
        for name, inside in units.items()
        if words.is_personal(name) and not words.belongs_to(name, only.name)
    ]
    nameless = not words.is_personal(only.name) or words.is_section(only.name)
    if nameless or only.name.casefold() == words.stem(outer).casefold():
        files = sum(is_work(file) for file in only.files.values())
        return bool(personal) or len(units) > 1 or files > 1 or _leads_on(only)
    return len(personal) > 1 and 2 * len(personal) >= len(units)


def _leads_on(node: Node) -> bool:
    """Whether it holds nothing but one more folder, which is around all in its turn."""
    units = list(node.units().values())
    return len(units) == 1 and units[0] is not None and _is_around_all(units[0], "")


def _are_sections(folders: list[Node]) -> bool:
    """Whether folders side by side are sections of a class: their contents are called as people."""
    units = {one.path: one.units() for one in folders}
    often = Counter(name.casefold() for one in units.values() for name in one)
    most = max(2, (len(folders) + 1) // 2)
    own: dict[str, list[str]] = {}
    for one in folders:
        own[one.path] = [
            name
            for name in units[one.path]
            if words.is_personal(name)
            and often[name.casefold()] < most
            and not words.belongs_to(name, one.name)
        ]
    enough = len(folders) // 2 + 1
    if all(words.is_section(one.name) for one in folders):
        return sum(bool(own[one.path]) for one in folders) >= enough
    several = sum(len(own[one.path]) > 1 for one in folders)
    if all(words.is_section(one.name) or words.is_group(one.name) for one in folders):
        return several >= enough
    all_units = sum(len(one) for one in units.values())
    return (
        len(folders) > 1
        and several >= enough
        and 10 * sum(map(len, own.values())) >= 7 * all_units
        and not any(count >= most for count in often.values())
        and all(_alike(one) for one in folders)
    )


def _alike(node: Node) -> bool:
    """Whether its folders hold files of the same names, as those of several people do."""
    inside = [one for one in node.units().values() if one is not None]
    if len(inside) < 2:
        return True
    often = Counter(
        name.casefold() for one in inside for name in {words.stem(file.name) for file in one.work()}
    )
    return 2 * max(often.values(), default=0) > len(inside)


def _owners(stems: list[str]) -> dict[str, tuple[str, int]]:
    """Whose files with these stems are, and which copies they are.

    `ana - hw` and `ana - hw (1)` are one student's. `hw` and `hw (1)` are two students' who gave
    their files one name: that of the exercise says nothing of anybody.
    """
    bases = {stem: words.without_copy(stem) for stem in stems}
    count = Counter(base for base, _ in bases.values())
    titled = _titled(list(count))
    owners: dict[str, tuple[str, int]] = {}
    for stem, (base, number) in bases.items():
        crowd = count[base] > 2 and 2 * count[base] > len(stems)
        told = words.is_personal(base) and len(count) > 1 and not crowd
        owners[stem] = (titled.get(base, base), number) if told or count[base] == 1 else (stem, 0)
    return owners


def _titled(bases: list[str]) -> dict[str, str]:
    """The people in `Ana Ruiz - Custom losses`, where most have that title behind their names."""
    for place in (1, 0):
        parts = [base.rsplit(" - ", 1) if place else base.split(" - ", 1) for base in bases]
        titles = Counter(part[place] for part in parts if len(part) > 1)
        title, often = max(titles.items(), key=lambda one: one[1], default=("", 0))
        if often > 1 and 2 * often > len(bases):
            return {
                base: part[1 - place]
                for base, part in zip(bases, parts, strict=True)
                if len(part) > 1 and part[place] == title and part[1 - place].strip()
            }
    return {}


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
                (file, _as(claim, student, one, again=again and len(alike) > 1))
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
        claim, student=student, name=one.name, late=one.late, version=version, attempt=attempt
    )


def _short(told: list[str]) -> list[str]:
    more = len(told) - _SHOWN
    return told if more <= 0 else [*told[:_SHOWN], f"and {more} more names are of several people"]
