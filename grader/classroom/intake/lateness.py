"""What names of files and folders say of when work came: `late/`, `ana_late.ipynb`."""

from __future__ import annotations

import re

from grader.classroom.intake import informal

_LATE = frozenset({
    "late", "spät", "tard", "tarde", "retard", "retards", "laat", "overdue", "after", "försent",
    "extension", "extensions", "nachfrist", "späte", "tardías", "tardios", "tardias", "tardive",
    "tardivi", "tardives", "tardifs", "retraso", "retrasos", "atraso", "atrasos", "ritardo",
    "ritardi", "retardataires",
})  # fmt: skip
_LATE_PHRASE = re.compile(
    r"(?i)\b(?:fuera de (?:plazo|tiempo)|hors[ -]d[ée]lais?|fora d[eo] prazo|"
    r"fuori (?:tempo|termine)|nach (?:der )?(?:frist|deadline)|za późno|po terminie|"
    r"(?:after|past) (?:the )?(?:deadline|due))\b"
)
# Beside one of these a folder of one's own says nothing else: `late submissions`, `2 days late`.
_AROUND_LATE = frozenset({
    "day", "days", "hour", "hours", "week", "weeks", "in", "zu", "en", "te", "con", "em", "d", "h",
    "tag", "tage", "jour", "jours", "día", "días", "due", "date", "entrega", "entregas", "consegna",
    "consegne", "travaux", "rendus", "ingeleverd", "abgegeben", "hand", "handed", "turned", "too",
    "very", "trop", "troppo", "muy", "za", "ones", "people", "arrivals", "comers",
})  # fmt: skip
# In a folder of one's own they may be anything: the second attempt, what a browser loads.
_SELDOM_LATE = frozenset({"after", "extension", "extensions"})
_LATE_BEGINNINGS = (
    "verspät", "verspaet", "nachzügl", "nachzuegl", "nachgereicht", "nachreich", "nachtrag",
    "atrasad", "ritardat", "retrasad", "spóźni", "opóźni",
)  # fmt: skip
_AGAIN = "resubmi"
# What comes late, comes later.
LATER = "~"
_WORD = (
    r"(?:late|overdue|versp[äa]e?tet|zu[ _-]sp[äa]e?t|(?:en[ _-])?retard|atrasad[oa]|"
    r"(?:in[ _-])?ritardo|te[ _-]laat|sp[óo][źz]nion[ea]|tardí[oa])"
)
_MARKS = (
    re.compile(rf"(?i)[\s_-]*[(\[]{_WORD}[)\]]$"),
    re.compile(rf"(?i)[\s_-]+{_WORD}$"),
    re.compile(rf"(?i)^[(\[]?{_WORD}(?:[)\]][\s_-]*|[\s_-]+)"),
    # In the middle only as systems write it.
    re.compile(r"(?<=[\s_-])LATE[\s_-]+"),
)
_SYSTEMS_MARK = re.compile(r"(?<![^\s_-])LATE(?![^\s_-])")


def is_late(name: str) -> bool:
    """Whether a folder's name says that what is in it came late, or again."""
    words = informal.words(name)
    return any(_says_late(word) or word.startswith(_AGAIN) for word in words) or _has_phrase(name)


def is_late_alone(name: str) -> bool:
    """Whether the name of a folder of one's own says that it came late, and nothing else.

    `late fusion` is something else, and so is `extensions`.
    """
    words = [word for word in informal.words(name) if not word.isdigit()]
    late = {word for word in words if _says_late(word)} - _SELDOM_LATE
    others = (word for word in words if word not in late and not informal.is_of_work(word))
    return _has_phrase(name) or (bool(late) and _AROUND_LATE.issuperset(others))


def is_late_in(path: str) -> bool:
    """Whether a path within one's own hand-in says so: `late/hw.ipynb`, `LATE_hw.ipynb`."""
    *folders, name = path.split("/")
    own = informal.stem(name)
    return any(map(is_late_alone, (*folders, own))) or _SYSTEMS_MARK.search(own) is not None


def unmarked(name: str) -> tuple[str, bool]:
    """A person's name without the mark that what is under it came late, and whether it had one."""
    for mark in _MARKS:
        without = mark.sub("", name, count=1)
        if without != name and _is_a_person(without):
            return without.strip(" _-"), True
    return name, False


def _says_late(word: str) -> bool:
    return word in _LATE or word.startswith(_LATE_BEGINNINGS)


def _has_phrase(name: str) -> bool:
    return _LATE_PHRASE.search(name.replace("_", " ")) is not None


def _is_a_person(name: str) -> bool:
    many = informal.is_section_word(name) or informal.is_group(name)
    alone = _AROUND_LATE.issuperset(informal.words(name))
    return informal.is_personal(name) and not many and not alone
