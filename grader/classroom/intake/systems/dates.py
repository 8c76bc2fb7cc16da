"""Dates as systems write them for people, made into text that sorts."""

from __future__ import annotations

import re
import unicodedata

_TIME = re.compile(
    r"(?P<hour>\d{1,2}?)(?:[:_.]| ?h ?)?(?P<minute>\d\d)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?$"
)
# How months begin in the languages of many sites, accents taken off.
_MONTHS = (
    ("jan", "ene", "gen", "sty", "led", "oca"),
    ("feb", "fev", "fevr", "lut", "uno", "sub"),
    ("mar", "mae", "mrz", "maa", "bre"),
    ("apr", "abr", "avr", "kwi", "dub", "nis"),
    ("may", "mai", "mag", "mei", "maj", "kve"),
    ("jun", "juin", "giu", "cze", "haz"),
    ("jul", "juil", "lug", "lip", "tem"),
    ("aug", "ago", "aou", "sie", "srp", "agu"),
    ("sep", "set", "wrz", "zar", "eyl"),
    ("oct", "okt", "out", "ott", "paz", "rij", "eki"),
    ("nov", "lis", "kas"),
    ("dec", "dez", "dic", "gru", "pro", "ara"),
)


def in_words(text: str) -> str:
    """`Mar 1, 2024 1000 AM` or `05 March 2026 612 PM` as text that sorts.

    A month in a language that is not known sorts before those of its year that are.
    """
    words = re.findall(r"[^\W\d]+", text)
    year = re.search(r"\d{4}", text)
    if year is None:
        return ""
    day = re.search(r"\d{1,2}", text)
    rest = text[year.end() :].strip(" ,")
    month = next((found for word in words if (found := _month(word))), 0)
    return f"{year[0]}-{month:02}-{int(day[0]) if day else 0:02} {_time(rest)}"


def _month(word: str) -> int:
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    # `juin` and `juil` begin alike in three letters, and so the longest beginning decides.
    found = [
        (len(start), number)
        for number, starts in enumerate(_MONTHS, 1)
        for start in starts
        if plain.startswith(start)
    ]
    return max(found)[1] if found else 0


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        return "00:00"
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return f"{hour:02}:{found['minute'] or '00'}"
