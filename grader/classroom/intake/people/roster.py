"""The list that says under which ids the gradebook knows whoever the files call otherwise.

A class that was collected by hand, from GitHub or from a Drive has names of its own; its gradebook
has others. A roster is a CSV file with a column for the former and columns for the latter. It
changes no report: what a student is called there stays what the files say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader import harmless
from grader.class_results import Absent
from grader.classroom.intake import informal
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table, read_table
from grader.errors import UsageError
from grader.formats import wording

# What the headings of columns mean, whatever their case and their blanks; the first name of each
# is the one that people are told of. `identifier` is GitHub Classroom's word.
_FILE = ("file", "file id", "student", "github username", "github", "folder")
_NAME = ("name", "full name", "student name")
_PARTS = ("first name", "last name")
_IDS: dict[str, tuple[str, ...]] = {
    "canvas": ("canvas", "canvas id", "id"),
    "sid": (
        "sid",
        "sis user id",
        "student id",
        "student number",
        "identifier",
        "roster identifier",
    ),
    "login": ("login", "sis login id", "login id", "username", "user name"),
    "email": ("email", "e-mail", "email address", "mail"),
    "moodle": ("moodle", "moodle id", "participant"),
    "nbgrader": ("nbgrader", "nbgrader id"),
    "blackboard": ("blackboard", "blackboard username"),
    "brightspace": ("brightspace", "orgdefinedid", "org defined id"),
}
_IGNORED = ("github id", "group name", "group", "section", "sections", "")
_PARTICIPANT = re.compile(r"\D*(\d+)")
_SHOWN = 50


@dataclass(frozen=True)
class Person:
    """One line of a roster.

    file_id: what the files call the person. ids: what other systems call them, by the names that
    hand-ins and exports use: `canvas`, `sid`, `login`, `email`, `moodle`, `nbgrader`,
    `blackboard`, `brightspace`.
    """

    file_id: str
    name: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What the files call the person, or else an id or the name; empty for an empty line."""
        return self.file_id or next(iter(self.ids.values()), self.name)


@dataclass(frozen=True)
class Roster:
    """All people of a class, by what the files call them.

    unknown: those of whom the list does not say it. warnings: of how the list was read.
    """

    people: dict[str, Person]
    warnings: tuple[str, ...] = ()
    unknown: tuple[Person, ...] = ()

    def applied(
        self, handins: Iterable[Handin]
    ) -> tuple[list[Handin], list[str], tuple[Absent, ...]]:
        """The hand-ins with names and ids of the roster, and what to tell of those not in both.

        Last, all of whom there is nothing.
        """
        known: list[Handin] = []
        strangers: list[str] = []
        seen: set[str] = set()
        for handin in handins:
            person = self._person(_called(handin))
            members = {one: self._person(_member(handin, one)) for one in handin.members}
            if person is not None:
                seen.add(person.file_id)
            elif not handin.members:
                strangers.append(handin.student)
            # What the list says of a group as such is said of all in it.
            strangers += [one for one, found in members.items() if person is None and found is None]
            found = {one: member for one, member in members.items() if member is not None}
            seen.update(member.file_id for member in found.values())
            known.append(
                replace(
                    handin,
                    name=(person.name if person is not None else "") or handin.name,
                    ids={**handin.ids, **(person.ids if person is not None else {})},
                    member_systems={one: member.ids for one, member in found.items()},
                )
            )
        silent = [one for one in self.people if one not in seen]
        told = list(self.warnings)
        if strangers:
            told.append(f"not in the roster: {_names(strangers)}")
        if silent:
            told.append(f"{wording.ABSENT}: {_names(silent)}")
        absent = [*(self.people[one] for one in silent), *self.unknown]
        return known, told, tuple(Absent(one.called, one.name) for one in absent)

    def _person(self, called: Iterable[str]) -> Person | None:
        """By the id in reports, or by any other id that the files gave."""
        keys = [_key(one) for one in called]
        exact = next((self.people[one] for one in keys if one in self.people), None)
        if exact is not None:
            return exact
        # GitHub and mail know no case; who does is found above. A list may have the files' names.
        folded = {key.casefold() for key in keys}
        alike = [
            one
            for one in self.people
            if one.casefold() in folded or informal.stem(one).casefold() in folded
        ]
        return self.people[alike[0]] if len(alike) == 1 else None


def _called(handin: Handin) -> tuple[str, ...]:
    """What the files call a hand-in. A group's ids may be those of one in it."""
    ids = () if handin.members else handin.ids.values()
    return (handin.student, *ids, handin.name)


def _member(handin: Handin, member: str) -> tuple[str, ...]:
    return (member, *handin.member_ids.get(member, ()))


def read(path: Path) -> Roster:
    """The roster in a CSV file.

    Raises UsageError if it can't be read, has a column that means nothing here or none for what
    the files call people, or has somebody twice.
    """
    table = read_table(path)
    meanings = _meanings(table)
    people: dict[str, Person] = {}
    unknown: list[Person] = []
    owners: dict[tuple[str, str], str] = {}
    for line, row in enumerate(table.rows, start=2):
        person = _person(meanings, row)
        if not person.file_id:
            # Who has not taken the assignment yet has no name on GitHub.
            unknown += [person] * bool(person.called)
            continue
        if person.file_id in people:
            raise UsageError(
                f"{path}: line {line}: {harmless.one_line(person.file_id, 60)} is there twice"
            )
        for kind, value in person.ids.items():
            other = owners.setdefault((kind, value), person.file_id)
            if other != person.file_id:
                both = " and ".join(harmless.one_line(one, 60) for one in (other, person.file_id))
                raise UsageError(
                    f"{path}: line {line}: {both} have the same id"
                    f" ({kind} {harmless.one_line(value, 60)})"
                )
        people[person.file_id] = person
    if not people:
        raise UsageError(f"{path}: names nobody")
    return Roster(people, table.warnings, tuple(unknown))


def _meanings(table: Table) -> list[str]:
    """What each column is: `file`, `name`, `first name`, `last name`, an id's name or nothing."""
    meanings = [_meaning(heading) for heading in table.header]
    unknown = [heading for heading, one in zip(table.header, meanings, strict=True) if one is None]
    if unknown:
        shown = ", ".join(repr(harmless.one_line(one, 40)) for one in unknown[:_SHOWN])
        raise UsageError(f"{table.path}: unknown column {shown}; there may be {_columns()}")
    known = [one or "" for one in meanings]
    if "file" not in known:
        raise UsageError(
            f"{table.path}: has no column `file` for what the files call people; there may be"
            f" {_columns()}"
        )
    twice = next((one for one in known if one and known.count(one) > 1), None)
    if twice is not None:
        raise UsageError(f"{table.path}: has two columns for `{twice}`")
    if not any(one not in {"", "file"} for one in known):
        raise UsageError(f"{table.path}: says nothing but `file`; add one of {_columns()}")
    return known


def _meaning(heading: str) -> str | None:
    word = " ".join(heading.casefold().replace("_", " ").split())
    for meaning, words in (("file", _FILE), ("name", _NAME), *_IDS.items()):
        if word in words:
            return meaning
    if word in _PARTS:
        return word
    return "" if word in _IGNORED else None


def _columns() -> str:
    return ", ".join(("file", "name", *_IDS))


def _person(meanings: list[str], row: tuple[str, ...]) -> Person:
    cells = {meaning: cell.strip() for meaning, cell in zip(meanings, row, strict=True) if meaning}
    parts = " ".join(cells.get(part, "") for part in _PARTS).strip()
    ids = {kind: cells[kind] for kind in _IDS if cells.get(kind)}
    if "moodle" in ids and (number := _PARTICIPANT.fullmatch(ids["moodle"])):
        # Worksheets have "Participant 123", in the words of their language.
        ids["moodle"] = number[1]
    return Person(_key(cells["file"]), cells.get("name") or parts, ids)


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


def _names(names: list[str]) -> str:
    def shown() -> Iterator[str]:
        for name in names[:_SHOWN]:
            yield harmless.one_line(name, 60)
        if len(names) > _SHOWN:
            yield f"and {len(names) - _SHOWN} more"

    return ", ".join(shown())
