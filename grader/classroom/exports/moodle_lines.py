"""Whose line of a Moodle worksheet is whose: a person's, by number and name, or those of a team.

A download names each folder `<name>_<number>`. What the name is depends on the assignment:

    one by one    the person's full name; the number is in the worksheet's first column
    blind         one word for everybody, which some languages write otherwise in the worksheet
    in teams      the team's name, and the team's number, which may be some person's as well
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.class_results import Row
from grader.classroom.exports.matching import Index, people
from grader.classroom.exports.moodle_worksheet import Worksheet
from grader.classroom.spreadsheets import Table

_FOLDER = re.compile(r"(?P<name>.*?)(?:_\d+)?_assignsubmission_file_?", re.DOTALL)
_DIGITS = re.compile(r"\d+")
# Moodle marks who is suspended, in HTML.
_MARKUP = re.compile(r"<[^>]*>")
_NAME = 1
_ANOTHERS = "has a number that is somebody else's there"
# So many letters tell that two forms of a word are one; names of teams may be shorter.
_ALIKE = 6


class Lines:
    """The lines of a worksheet, for the hand-ins of one batch."""

    def __init__(self, sheet: Worksheet, rows: Iterable[Row]) -> None:
        """The batch as a whole tells which kind of assignment it is."""
        self._table = sheet.table
        self._by_number = Index(_only(sheet.table, sheet.numbers), [0])
        self._by_id = Index(sheet.table, sheet.ids)
        names: dict[str, list[str]] = {}
        for row in rows:
            if name := _letters(folder_name(row) or ""):
                names.setdefault(name, []).append(row.ids.get("moodle", ""))
        self._word = self._word_for_all(names)
        self._teams = self._column_of_teams(sheet, names)

    def of(self, row: Row) -> Iterator[tuple[str, int | str]]:
        """Each person of a hand-in, and their line or why there is none."""
        name = folder_name(row)
        if self._teams is not None and name and _letters(name):
            yield from self._of_team(row, self._teams, _letters(name))
            return
        for person in people(row):
            pid = person.ids.get("moodle")
            line = self._by_number.find([pid]) if pid else self._by_id.find(person.keys)
            # Without a folder of Moodle's the number is from a roster, and was looked up by name.
            if pid and isinstance(line, int) and name is not None:
                line = line if self._is_named(_letters(name), line) else _ANOTHERS
            yield person.name, line

    def _of_team(self, row: Row, column: int, team: str) -> Iterator[tuple[str, int | str]]:
        cells = self._table.cells(column)
        found = [line for line, cell in enumerate(cells) if _letters(cell) == team]
        if row.score is None:
            yield row.student, "has no score"
        elif not found:
            yield row.student, "is not in the table"
        elif len({cells[line] for line in found}) > 1:
            yield row.student, "has a name that several teams have there"
        else:
            for line in found:
                who = self._table.rows[line][_NAME if column > _NAME else 0]
                yield f"{row.student} ({_plain(who)})", line

    def _word_for_all(self, names: Mapping[str, Sequence[str]]) -> str:
        """What all hand-ins are called where marking is blind; empty where it is not.

        The worksheet has no names then, or its own word for the same begins alike. What somebody
        is called there is a name, however many hand-ins have it.
        """
        if len(names) != 1:
            return ""
        ((name, pids),) = names.items()
        if name in map(_letters, self._table.cells(_NAME)):
            return ""
        words = {_letters(_DIGITS.sub("", cell)) for cell in self._table.cells(0)}
        alike = len(name) >= _ALIKE and all(word[:_ALIKE] == name[:_ALIKE] for word in words)
        nameless = len(pids) > 1 and len(words) == 1 and self._has_no_names()
        return name if alike or nameless else ""

    def _has_no_names(self) -> bool:
        """Whether few statuses stand where names would; a few people may share a name."""
        seen = self._table.cells(_NAME)
        return 2 * len(set(seen)) <= len(seen)

    def _column_of_teams(self, sheet: Worksheet, names: Mapping[str, Sequence[str]]) -> int | None:
        """The column before the grades that has more of the hand-ins' names than people have.

        It stands behind the status, which is the first that tells nobody apart; and since there
        may be something else before that, one name of several is not enough.
        names: those of the hand-ins, each with the numbers that it comes with.
        """
        behind = range(_NAME + 1, sheet.grade)
        status = next((place for place in behind if place not in sheet.ids), sheet.grade)
        status = _NAME if self._has_no_names() else status
        persons = sum(self._is_a_persons(name, pids) for name, pids in names.items())
        best, most = None, max(persons, min(len(names), 2) - 1)
        for place in range(status + 1, sheet.grade):
            count = len(names.keys() & set(map(_letters, self._table.cells(place))))
            if count > most:
                best, most = place, count
        return best

    def _is_a_persons(self, name: str, pids: Sequence[str]) -> bool:
        lines = [self._by_number.find([pid]) for pid in pids]
        return any(isinstance(line, int) and self._is_named(name, line) for line in lines)

    def _is_named(self, name: str, line: int) -> bool:
        """Whether the line is about whose folder has this name."""
        cells = self._table.rows[line]
        its = {self._word, _letters(_DIGITS.sub("", cells[0])), _letters(cells[_NAME])}
        return bool(name) and name in its


def folder_name(row: Row) -> str | None:
    """The name that Moodle gave to the hand-in's folder; None if it is not from Moodle."""
    found = _FOLDER.fullmatch(row.folder)
    return found["name"] if found is not None else None


def _letters(text: str) -> str:
    """What stays of a name in a folder's, which has no punctuation of every kind."""
    composed = unicodedata.normalize("NFKC", _MARKUP.sub("", text)).casefold()
    return "".join(char for char in composed if char.isalnum())


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _only(table: Table, cells: Sequence[str]) -> Table:
    """The table with these cells alone."""
    return replace(table, header=("",), rows=tuple((cell,) for cell in cells))
