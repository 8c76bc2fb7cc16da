"""Scores in the cells of another system's column: converted, and never over somebody's grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader import harmless
from grader.class_results import Row
from grader.classroom.exports.matching import Unmatched, single
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError

# 100 or 100.50; 100,5; 1,000.00; 1.000,00. What could be two of them, as 1,000, is none.
_PLAIN, _COMMA = re.compile(r"\d+(\.\d+)?"), re.compile(r"\d+,\d{1,2}|\d+,\d{4,}")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+,\d+")
# What stands in cells that hold no grade.
_NOTHING = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})
# Scores have two decimals, so nothing nearer is another grade.
_SAME = 0.005


@dataclass(frozen=True)
class Terms:
    """How scores are carried over.

    scale: convert to the points that the table has. replace: also where there is another grade.
    """

    scale: bool = False
    replace: bool = False


AS_THEY_ARE = Terms()


def number(text: str) -> float | None:
    """The number that the text is for certain; None if it is none, or could be two."""
    text = "".join(text.split())
    if _PLAIN.fullmatch(text) or _COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    if _GERMAN.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def decimal_mark(cells: Iterable[str]) -> str:
    """The mark that these cells write decimals with."""
    return "," if any(_COMMA.fullmatch("".join(cell.split())) for cell in cells) else "."


def is_empty(cell: str) -> bool:
    """Whether the cell holds no grade."""
    return cell.strip() in _NOTHING


def points(text: str) -> float:
    """The points that are possible, as the table has them. Raises UsageError."""
    found = number(text)
    if found is None:
        raise UsageError(
            f"the points that are possible are {harmless.one_line(text, 40)!r} in the table,"
            " which can't be read for certain; write them there as in 100 or 100.5"
        )
    if not found:
        raise UsageError(
            "0 points are possible in the table, so every score would become 0; set the points"
            " where the class lives, and export the table again"
        )
    return found


def scaled(row: Row, possible: float | None, terms: Terms) -> float:
    """The score, out of the points that are possible; None stands for the grader's own.

    Raises UsageError if those are others than the grader's and scaling was not asked for.
    """
    score = row.score or 0.0
    if possible is None or possible == row.max_score:
        return score
    if not terms.scale:
        raise UsageError(
            f"the table has {possible:g} points where the grader has {row.max_score:g};"
            " --scale converts them"
        )
    return score * possible / row.max_score


@dataclass
class Filling:
    """One column of a table, being filled.

    decimal: the mark that the table writes decimals with.
    """

    table: Table
    column: int
    terms: Terms
    decimal: str = "."
    unmatched: list[Unmatched] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    _claims: dict[int, list[tuple[str, tuple[Row, float | None]]]] = field(default_factory=dict)

    def offer(
        self, row: Row, person: str, line: int | str, possible: float | None, objection: str = ""
    ) -> None:
        """The score of one person, for the line that was found; text says why there is none.

        objection: why the line can't take it, although it is theirs.
        """
        if row.score is None:
            self.unmatched.append(Unmatched(person, "has no score"))
        elif isinstance(line, str) or objection:
            self.unmatched.append(Unmatched(person, objection or str(line)))
        else:
            self._claims.setdefault(line, []).append((person, (row, possible)))

    def filled(self) -> dict[int, str]:
        """What to write into which line. Raises UsageError if the points differ."""
        offers, several = single(self._claims)
        self.unmatched += several
        cells = {}
        for line, (row, possible) in sorted(offers.items()):
            ((person, _),) = self._claims[line]
            score = f"{scaled(row, possible, self.terms):.2f}".replace(".", self.decimal)
            if (before := self._another(line, score)) and not self.terms.replace:
                reason = f"has {before} there already, and {score} here; --replace writes it"
                self.unmatched.append(Unmatched(person, reason))
                continue
            if before:
                self.replaced.append(f"{person}: {before} -> {score}")
            cells[line] = score
        return cells

    def _another(self, line: int, score: str) -> str:
        """The grade that stands there, if it is another one."""
        cell = self.table.rows[line][self.column].strip()
        if is_empty(cell):
            return ""
        before, after = number(cell), number(score)
        same = before is not None and after is not None and abs(before - after) < _SAME
        return "" if same else harmless.one_line(cell, 40)
