"""What names of files say of copies and versions: `ana (1)`, `Copy of ana`, `ana_v2`."""

from __future__ import annotations

import re

# Copies: what Drive, Classroom, browsers, Windows, Macs and Jupyter make of a name.
_COPY_OF = re.compile(
    r"(?i)^(?:copy of|kopie von|copie de|cópia de|copia de|copia di|kopia av|kopi af|kopia|"
    r"kopie van)\s+"
)
_COPY = re.compile(
    r"(?i)(?:\s*\((?P<number>\d{1,3})\)|[\s_]*-\s*(?:copy|kopie|copie|copia|cópia|kopia)"
    r"(?:\s*\((?P<windows>\d{1,3})\))?|[-_ ]copy\s?(?P<jupyter>\d{0,3}))$"
)
# Versions that people count themselves.
_VERSION = re.compile(
    r"(?i)[\s_-]+(?:(?:v|ver|rev|version|versi[oó]n|vers[aã]o|versione|versie|wersja|verze|attempt|"
    r"try|versuch|intento|tentativa|tentative|essai|poging)[\s_.-]?(?P<number>\d{1,3})"
    r"|resub(?:mi\w+)?[\s_.-]?(?P<again>\d{0,2}))$"
)


def without_copy(name: str) -> tuple[str, int]:
    """A file's stem without the marks of copies, and the copy's number; 0 for the first."""
    number = 0
    for _ in range(4):
        name, before = _COPY_OF.sub("", name), name
        if found := _COPY.search(name):
            digits = found["number"] or found["windows"] or found["jupyter"]
            name, number = name[: found.start()], max(number, int(digits or 1))
        if name == before or not name:
            name = name or before
            break
    return name, number


def without_version(name: str) -> tuple[str, int]:
    """A file's stem without the version at its end, `ana_v2`, and its number; 0 where is none."""
    found = _VERSION.search(name)
    if found is None or not found.start():
        return name, 0
    return name[: found.start()], int(found["number"] or found["again"] or 1)


def is_version(name: str) -> bool:
    """Whether a file's stem says which attempt it is and nothing else: `attempt 2`, `v2`."""
    found = _VERSION.search(f" {name}")
    return found is not None and found.start() == 0 and found["number"] is not None
