"""Which column of a Moodle grading worksheet is which, in whatever language the site speaks.

Headings are translated, and so are most words below them. What no translation changes is the
order of the columns (mod/assign/gradingtable.php):

    identifier, name, more about the person, status, [group, marker], grade,
    maximum grade or scale, [workflow state], whether the grade can be changed, times, feedback

and the shape of some: an identifier ends in a number, and the maximum is one and the same
positive number on every line, with nothing but grades before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader import harmless
from grader.classroom.exports import answers, scores
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError

# "Participant 123", "Teilnehmer/in123": a word of the site's language, then the number.
_IDENTIFIER = re.compile(r"\D*?(?P<pid>\d+)")


@dataclass(frozen=True)
class Worksheet:
    """The columns of a worksheet, by their places.

    numbers: the participant's number of each line. ids: where addresses and id numbers are.
    maximum: None if no column says it. locked: the lines whose grade can't be changed.
    warnings: what there is no telling of.
    """

    table: Table
    numbers: tuple[str, ...]
    ids: tuple[int, ...]
    grade: int
    maximum: int | None
    locked: frozenset[int]
    warnings: tuple[str, ...]

    def possible(self, line: int) -> float | None:
        """The points that are possible there; None if the worksheet does not say."""
        told = "" if self.maximum is None else self.table.rows[line][self.maximum].strip()
        return scores.points(told) if told else None

    @property
    def decimal(self) -> str:
        """The mark that the site writes decimals with."""
        told = self.table.cells(self.maximum) if self.maximum is not None else ()
        return scores.decimal_mark(told)


def understood(table: Table, wanted: str | None = None) -> Worksheet:
    """The worksheet's columns. wanted: the grades' heading, where there is no telling.

    Raises UsageError if the table is no worksheet, it grades by a scale, or its columns could be
    read in two ways.
    """
    numbers = _numbers(table)
    if wanted is None:
        grade, maximum = _grade_and_maximum(table)
    else:
        place = table.column(wanted)
        if place is None:
            raise UsageError(f"{table.path}: has no column {wanted!r}; {_name_one(table)}")
        grade = place
        maximum = grade + 1 if _is_maximum(table, grade + 1) else None
        if _is_scale(table, grade + 1):
            raise _by_a_scale(table)
        if maximum is None and (told := _one_number(table, grade + 1)):
            # It is none, or could be two.
            scores.points(told)
    locked, warnings = _locked(table, (grade if maximum is None else maximum) + 1)
    if maximum is None:
        warnings = (*warnings, f"{table.path}: does not say which grade is the highest")
    return Worksheet(table, numbers, _ids(table, grade), grade, maximum, locked, warnings)


def _numbers(table: Table) -> tuple[str, ...]:
    found = [_IDENTIFIER.fullmatch(cell) for cell in table.cells(0)]
    if not table.rows:
        raise UsageError(f"{table.path}: has no participants, but a header alone")
    if not all(found):
        raise UsageError(
            f"{table.path}: is no grading worksheet of Moodle; its first column should be"
            " the identifiers, such as 'Participant 123'"
        )
    return tuple(one["pid"] for one in found if one is not None)


def _ids(table: Table, grade: int) -> tuple[int, ...]:
    """The columns right behind the name that tell people apart by one word.

    Behind them comes the status, which does neither; groups stand behind that. Addresses are no
    status, wherever they stand.
    """
    places = []
    for place in range(2, grade):
        words = [cell for cell in table.cells(place) if cell]
        if len(set(words)) < len(words) or any(len(word.split()) > 1 for word in words):
            break
        places.append(place)
    addresses = [place for place in range(2, grade) if _are_addresses(table.cells(place))]
    return tuple(sorted({*places, *addresses}))


def _are_addresses(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and all("@" in cell and len(cell.split()) == 1 for cell in told)


def _grade_and_maximum(table: Table) -> tuple[int, int | None]:
    scales = [place for place in range(2, len(table.header)) if _is_scale(table, place)]
    maxima = [place for place in range(2, len(table.header)) if _is_maximum(table, place)]
    # In a class of one an id number looks like a maximum, and a date like a list of words; what
    # follows the real one says yes or no.
    surer = _before_yes_and_no(table, {*scales, *maxima})
    surer = surer or [place for place in maxima if _is_word(table, place + 1)][-1:]
    if set(surer or scales) & set(scales):
        raise _by_a_scale(table)
    if len(surer or maxima) == 1:
        (maximum,) = surer or maxima
        return maximum - 1, maximum
    grades = [place for place in range(1, len(table.header)) if _holds_grades(table, place)]
    if not maxima and len(grades) == 1:
        return grades[0], None
    nothing = [place for place in grades if _is_nothing(table, place) and place - 1 in grades]
    if not maxima and len(nothing) == 1:
        return nothing[0] - 1, nothing[0]
    raise UsageError(f"{table.path}: there is no telling its column of grades; {_name_one(table)}")


def _before_yes_and_no(table: Table, places: set[int]) -> list[int]:
    """Which of these places stands before the first column that says yes or no, if one does.

    There may be a column with the state of marking between them.
    """
    for answer in range(3, len(table.header)):
        before = [place for place in (answer - 1, answer - 2) if place in places]
        if before and answers.all_of(table.cells(answer)):
            return before[:1]
    return []


def _name_one(table: Table) -> str:
    listed = ", ".join(harmless.one_line(heading, 60) for heading in table.header)
    return f"name it with --column ({listed})"


def _by_a_scale(table: Table) -> UsageError:
    return UsageError(
        f"{table.path}: is graded by a scale of words, which no score can be turned into; give"
        " the assignment points in Moodle, and download the worksheet again"
    )


def _holds_grades(table: Table, place: int) -> bool:
    """Whether nothing but grades stands there, and blanks."""
    cells = table.cells(place)
    return all(scores.is_empty(cell) or scores.number(cell) is not None for cell in cells)


def _is_maximum(table: Table, place: int) -> bool:
    """Whether one positive number stands on every line, behind grades that are no greater."""
    if place >= len(table.header) or not _holds_grades(table, place - 1):
        return False
    cells = set(table.cells(place))
    if len(cells) != 1:
        return False
    highest = scores.number(cells.pop())
    before = [scores.number(cell) for cell in table.cells(place - 1)]
    return bool(highest) and all(one is None or one <= (highest or 0) for one in before)


def _is_nothing(table: Table, place: int) -> bool:
    """Whether 0 stands on every line, before what says yes or no."""
    return {scores.number(cell) for cell in table.cells(place)} == {0} and _is_word(
        table, place + 1
    )


def _one_number(table: Table, place: int) -> str:
    """What stands on every line there, if it is digits and signs."""
    cells = set(table.cells(place)) if place < len(table.header) else set()
    told = cells.pop() if len(cells) == 1 else ""
    return told if re.fullmatch(r"[\d.,'\s]*\d[\d.,'\s]*", told) else ""


def _is_scale(table: Table, place: int) -> bool:
    """Whether one list of words stands on every line, behind grades that are words of it."""
    if place >= len(table.header):
        return False
    cells = set(table.cells(place))
    told = cells.pop() if len(cells) == 1 else ""
    # Moodle writes a word on each line; commas part them elsewhere, and may stand in a number.
    separator = "\n" if "\n" in told else ","
    words = [word.strip() for word in told.split(separator)]
    numeric = separator == "," and not any(map(str.isalpha, told))
    if len(words) < 2 or not all(words) or numeric:
        return False
    return all(
        scores.is_empty(cell) or cell in words for cell in table.cells(place - 1)
    ) and _is_word(table, place + 1)


def _is_word(table: Table, place: int) -> bool:
    """Whether few words without digits stand there, such as yes and no."""
    cells = set(table.cells(place)) if place < len(table.header) else set()
    return bool(cells) and all(
        any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell)) for cell in cells
    )


def _locked(table: Table, start: int) -> tuple[frozenset[int], tuple[str, ...]]:
    """The lines that say no, in the first column from `start` on that says yes or no."""
    for place in range(start, min(start + 3, len(table.header))):
        cells = table.cells(place)
        if answers.all_of(cells):
            return frozenset(line for line, cell in enumerate(cells) if answers.is_no(cell)), ()
    near = range(start, min(start + 2, len(table.header)))
    # The state of marking stands before it, if there is one.
    for place in reversed([place for place in near if _is_word(table, place)]):
        words = set(table.cells(place))
        if len(words) <= 2:
            heading = harmless.one_line(table.header[place], 60)
            told = " or ".join(sorted(harmless.one_line(word, 30) for word in words))
            unsure = (
                f"{heading!r} is {told}: where that means that a grade is locked, Moodle leaves it"
                " as it is"
            )
            return frozenset(), (unsure,)
    return frozenset(), ()
