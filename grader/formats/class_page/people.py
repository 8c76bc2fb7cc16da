"""What people are called on the class page, and in which order they stand there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from grader.class_results import Absent, Row

_NUMBER = re.compile("[0-9]+")
# Letters that have no accent apart, as the search of the page takes them too.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


def shown(one: Row | Absent) -> str:
    """The name, unless it says no more than the id."""
    known = one.name not in {"", one.student.rpartition("/")[2]}
    return one.name if known else one.student


def alphabetical(one: Row | Absent) -> tuple[str, str]:
    """Where people look for a name, capitals and accents aside, and numbers as numbers."""
    return _NUMBER.sub(_padded, _plain(shown(one))), one.student


def namesakes(rows: Iterable[Row]) -> frozenset[str]:
    """The names that several are shown under."""
    often = Counter(map(shown, rows))
    return frozenset(name for name, count in often.items() if count > 1)


def _padded(found: re.Match[str]) -> str:
    return found[0].zfill(12)


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    apart = unicodedata.normalize("NFKD", name)
    letters = "".join(one for one in apart if not unicodedata.category(one).startswith("M"))
    return letters.casefold().translate(_LETTERS)
