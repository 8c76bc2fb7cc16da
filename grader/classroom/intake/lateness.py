"""What names of files and folders say of when work came: `late/`, `ana_late.ipynb`."""

from __future__ import annotations

import re

from grader.classroom.intake import informal, versions

_LATE = frozenset({
    "late", "spät", "tard", "tarde", "retard", "retards", "laat", "overdue", "after", "försent",
    "extension", "extensions", "nachfrist", "späte", "tardías", "tardios", "tardias", "tardive",
    "tardivi", "tardives", "tardifs", "retraso", "retrasos", "atraso", "atrasos", "ritardo",
    "ritardi", "retardataires", "latecomers", "latecomer",
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
    "very", "trop", "troppo", "muy", "za", "ones", "people", "arrivals", "comers", "entry",
    "entries", "eingereicht", "eingereichte", "eingegangen", "abgegebene", "received", "recibidos",
    "recibidas", "recebidos", "recebidas", "entregado", "entregados", "entregadas", "entregue",
    "entregues", "envíos", "envios", "remis", "remises", "rendu", "rendues", "inleveringen",
    "inzendingen", "oddane", "prace", "consegnati", "consegnate", "came", "come", "arrived",
    "ins", "items", "pile", "folder", "everyone", "those", "who", "were", "are", "but",
})  # fmt: skip
# People are called so too.
_SURNAMES = frozenset({"late", "laat", "tard", "tarde", "retard"})
# In a folder of one's own they may be anything: the second attempt, what a browser loads.
_SELDOM_LATE = frozenset({"after", "extension", "extensions"})
_LATE_BEGINNINGS = (
    "verspät", "verspaet", "nachzügl", "nachzuegl", "nachgereicht", "nachreich", "nachtrag",
    "atrasad", "ritardat", "retrasad", "spóźni", "opóźni",
)  # fmt: skip
_AGAIN = "resubmi"
# What comes late, comes later.
LATER = "~"
_HOW_MUCH = r"(?:\d+[\s_-]*(?i:days?|hours?|hrs?|d|h)[\s_-]+)?"
# In brackets it is no name, whatever the word.
_WORD = (
    r"(?i:late|overdue|versp(?:ä|ae?)tet|(?:zu[ _-])?sp(?:ä|ae)t|(?:en[ _-])?retard|"
    r"atrasad[oa]|(?:in[ _-])?ritardo|(?:te[ _-])?laat|sp[óo][źz]nion[ea]|tard[íi][oa]|tarde?)"
)
# Without brackets only what nobody is called; as names are written, it is one: `Rahul_Late`.
_PLAIN = (
    r"late|overdue|versp(?:ä|ae?)tet|zu[ _-]sp(?:ä|ae)t|en[ _-]retard|in[ _-]ritardo|"
    r"atrasad[oa]|sp[óo][źz]nion[ea]"
)
_NUMBER = r"(?:[\s_-]*v?(?P<number>\d{1,2}))?$"
_MARKS = (
    re.compile(rf"[\s_-]*[(\[]{_HOW_MUCH}{_WORD}[)\]]{_NUMBER}"),
    re.compile(rf"[\s_-]+{_HOW_MUCH}(?:{_PLAIN}|{_PLAIN.upper()}){_NUMBER}"),
    re.compile(rf"^[(\[]{_WORD}[)\]][\s_-]*"),
    re.compile(r"^(?:late|LATE)[\s_-]+"),
)
# In the middle only as systems write it, before the exercise: `LATE_estimator` is another thing.
_IN_THE_MIDDLE = re.compile(r"(?<=[\s_-])LATE[\s_-]+(?P<behind>.*)$")
_SPACE = re.compile(r"[_-]")


def is_late(name: str) -> bool:
    """Whether a folder's name says that what is in it came late, or again."""
    words = informal.words(name)
    return any(_says_late(word) or word.startswith(_AGAIN) for word in words) or _has_phrase(name)


def is_late_alone(name: str, student: str = "", *, in_file: bool = False) -> bool:
    """Whether a name within one's own hand-in says that it came late, and nothing else.

    `late fusion` is something else, and so is `extensions`. What the student is called says
    nothing; in_file: nor does what others may be called.
    """
    own = set(informal.words(student))
    plain = _SPACE.sub(" ", name)
    without = _LATE_PHRASE.sub(" ", plain)
    words = [word for word in informal.words(without) if not word.isdigit()]
    late = {word for word in words if _says_late(word)} - _SELDOM_LATE - own
    others = {word for word in words if word not in late and not informal.is_of_work(word)} - own
    if in_file and not others:
        late -= _SURNAMES - {"late"}
    return (without != plain or bool(late)) and _AROUND_LATE.issuperset(others)


def is_late_folder(path: str, student: str) -> bool:
    """Whether a path within one's own hand-in is in a folder of what came late."""
    return any(is_late_alone(folder, student) for folder in path.split("/")[:-1])


def is_late_file(path: str, student: str) -> bool:
    """Whether a file within one's own hand-in is itself called so: `LATE_hw.ipynb`."""
    return is_late_alone(informal.stem(path.rpartition("/")[2]), student, in_file=True)


def without_lateness(name: str) -> tuple[str, ...]:
    """The words of a name but for those that say that it came late."""
    return tuple(
        word
        for word in informal.words(_LATE_PHRASE.sub(" ", _SPACE.sub(" ", name)))
        if not _says_late(word) and word not in _AROUND_LATE
    )


def unmarked(name: str) -> tuple[str, bool]:
    """A person's name without the mark that what is under it came late, and whether it had one."""
    person, _, marked = _unmarked(name)
    return person, marked


def unmarked_copy(stem: str) -> tuple[str, bool, int]:
    """As `unmarked`, for a file that may be a copy, `ana_late (1)`; and the copy's number."""
    base, number = versions.without_copy(stem)
    person, late_number, marked = _unmarked(base)
    if not marked:
        return stem, False, 0
    person, before = versions.without_copy(person)
    return person, True, max(number, late_number, before)


def may_be_a_name(name: str) -> bool:
    """Whether the late word in it may be a surname, with other names beside it."""
    words = informal.words(name)
    late = {word for word in words if _says_late(word)}
    others = {word for word in words if word not in late and informal.is_personal(word)}
    many = informal.is_section_word(name) or informal.is_group(name) or _has_phrase(name)
    return not many and late <= _SURNAMES and not _AROUND_LATE.issuperset(others)


def is_capitalised(name: str) -> bool:
    """Whether the late word in it is written as names are."""
    parts = re.findall(r"[^\W\d_]+", name)
    return all(part.istitle() for part in parts if _says_late(part.casefold()))


def begins(name: str) -> bool:
    """Whether the late word stands first, as before those whom it is about: `late fusion`."""
    words = informal.words(name)
    return bool(words) and _says_late(words[0]) and name[0] not in "([" and "," not in name


def _unmarked(name: str) -> tuple[str, int, bool]:
    for mark in _MARKS:
        found = mark.search(name)
        without = mark.sub("", name, count=1)
        if found and _is_a_person(without):
            number = found.groupdict().get("number")
            return without.strip(" _-"), int(number or 0), True
    found = _IN_THE_MIDDLE.search(name)
    if found and not any(
        informal.is_personal(word) for word in informal.words(found["behind"]) if not word.isdigit()
    ):
        without = name[: found.start()] + found["behind"]
        if _is_a_person(without):
            return without.strip(" _-"), 0, True
    return name, 0, False


def _says_late(word: str) -> bool:
    return word in _LATE or word.startswith(_LATE_BEGINNINGS)


def _has_phrase(name: str) -> bool:
    return _LATE_PHRASE.search(_SPACE.sub(" ", name)) is not None


def _is_a_person(name: str) -> bool:
    many = informal.is_section_word(name) or informal.is_group(name)
    told = [word for word in informal.words(name) if informal.is_personal(word)]
    alone = bool(told) and _AROUND_LATE.issuperset(told)
    return informal.is_personal(name) and not many and not alone
