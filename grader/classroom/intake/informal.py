"""What names of files and folders say when no system wrote them: people, exercises, sections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.classroom.intake import versions
from grader.classroom.intake.claims import is_notebook_name

# A word ends where letters become digits or a capital follows a small letter: hw3, customLosses.
_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
# What exercises, drafts and the folders of a project are called, by how the words begin.
_WORK = (
    "hw", "homework", "assignment", "assign", "asg", "exercise", "exo", "ex", "ejercicio",
    "tarea", "aufgabe", "abgabe", "blatt", "uebung", "übung", "hausaufgabe", "tp", "td",
    "devoir", "compito", "lab", "labo", "week", "wk", "module", "unit", "project", "proj",
    "task", "quiz", "exam", "test", "part", "teil", "question", "problem", "ps", "pset", "set",
    "course", "kurs", "notebook", "nb", "loss", "custom", "huber", "contrastive", "siamese",
    "tensorflow", "tf", "keras", "python", "py", "ml", "dl", "c", "w", "untitled", "submission",
    "submit", "submitted", "solution", "answer", "final", "draft", "copy", "kopie", "copia",
    "old", "new", "backup", "bak", "version", "rev", "work", "src", "code", "data", "starter",
    "template", "begun", "my", "main", "scratch", "tmp", "temp", "archive", "extracted",
    "download", "upload", "attempt", "try", "file", "finished", "done", "the", "and", "of",
    "in", "for", "a", "b", "function", "funct", "class", "wrapper", "image", "img", "fig",
    "out", "output", "result", "playground", "experiment", "exploration", "practice",
    "programming", "deep", "learning", "advanced", "graded", "ungraded", "with", "lecture",
    "note", "demo", "example", "tutorial", "model", "train", "home", "jupyter", "colab",
    "drive", "student", "students", "all", "export", "workspace", "wip", "v", "slide",
    "folien", "dataset",
    "zoom", "link", "recording", "deadline", "gradescope", "canvas", "moodle",
)  # fmt: skip
_EXACT = frozenset(word for word in _WORK if len(word) <= 4)
_BEGINNINGS = tuple(word for word in _WORK if len(word) > 4)
# Whole words that are no surnames; Huber and Link are.
_WORDS_ALONE = frozenset(_WORK) - {"huber", "link"}
_SECTION = (
    "section", "sec", "sektion", "sección", "seccion", "sezione", "seção", "secao", "class",
    "klasse", "clase", "classe", "kurs", "course", "cohort", "kohorte", "tutorial", "tutorium",
    "tutorat", "turma", "lab", "labor", "period", "stream", "track", "campus", "seminar",
    "recitation", "discussion", "session", "shift", "turno", "on", "time", "ontime", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed",
    "thu", "fri", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "morning",
    "afternoon", "evening", "online", "onsite", "submission",
)  # fmt: skip
_GROUP = ("group", "gruppe", "grupo", "groupe", "gruppo", "grupa", "team", "equipo", "équipe")
_STUDENT_NUMBER = 5
# What people are called where they are to have no names.
_NUMBERED = re.compile(
    r"(?i)(?:student|stud|user|participant|anon)[-_ ]?[a-z]?\d+|(?:s|u|id)[-_ ]?\d+"
)
_NUMBERED_STUDENT = re.compile(r"(?i)(?<![^\W_])student[-_ ]?[a-z]?\d+(?![^\W_])")
_CODE = re.compile(r"[A-Z]|\d{1,2}|[A-Z]{1,2}[-_ ]?\d{1,2}")
# What may stand beside people's files, and is nobody's.
_NOBODYS = frozenset({
    "readme", "license", "licence", "changelog", "contributing", "requirements", "instructions",
    "syllabus", "rubric", "index", "grades", "grade", "gradebook", "roster", "students",
    "classlist", "assignment", "utils", "util", "helper", "helpers", "setup", "conftest",
    "__init__", "__main__", "notes", "todo", "manifest", "metadata", "config", "settings",
    "package", "environment", "feedback", "comments", "members", "timestamp", "log", "links",
    "emails", "names", "deadline", "deadlines", "schedule", "info", "password", "passwords",
})  # fmt: skip
_CODE_FILE = re.compile(r"(?i)\.(py|md|rmd|qmd)(\.txt)?$")
_SCRIPT = re.compile(r"(?i)\.(py|md|rmd|qmd|json|html?|pdf|docx?|odt|rtf)(\.txt)?$")
_SUFFIX = re.compile(
    r"(?i)\.(ipynb|zip|py|md|rmd|qmd|json|html?|pdf|docx?|odt|rtf|txt|rar|7z|tar|tgz|gz|dbc|pages|"
    r"pptx?|tex)(?P<copy> ?\(\d{1,3}\))?(\.(txt|json|gz|crdownload|part))?$"
)
# What is no notebook any more, and keeps its name: `hw.ipynb.pdf`, `hw.ipynb - Colab.pdf`.
_PRINTED = re.compile(
    r"(?i)(?:\.ipynb(?:\s+[-\u2013]\s+(?:google )?(?:colab(?:oratory)?|jupyter\w*))?)"
    r"(?P<copy> ?\(\d{1,3}\))?\.(?:pdf|html?|py|md|docx?)$"
)
# Nothing in it can be read, and yet it is all that somebody handed in.
_CLOSED = re.compile(
    r"(?i)\.(?:rar|7z|tar|tgz|tar\.gz|dbc|pages|pptx?|tex|(?:ipynb|zip|py)\.(?:crdownload|part))$"
)


def stem(name: str) -> str:
    """The name of a file without what says of which kind it is."""
    ending = _PRINTED.search(name) or _SUFFIX.search(name)
    return name if ending is None else name[: ending.start()] + (ending["copy"] or "")


def is_other_work(name: str) -> bool:
    """Whether a file among those of people may be somebody's work, though no notebook."""
    return (
        not is_notebook_name(name)
        and _SCRIPT.search(name) is not None
        and stem(name).casefold() not in _NOBODYS
        and not stem(name).casefold().startswith("test_")
    )


def is_closed(name: str) -> bool:
    """Whether a file is a hand-in that can't be looked into: another archive, half a download."""
    return _CLOSED.search(name) is not None


def is_document(name: str) -> bool:
    """Whether a file is a script, a document or a closed archive, whatever it is called."""
    return _SCRIPT.search(name) is not None or is_closed(name)


def is_text(name: str) -> bool:
    """Whether a file is text under a person's name, which may be a notebook or a script."""
    of = stem(name)
    told = is_personal(of) and of.casefold() not in _NOBODYS
    return name.casefold().endswith(".txt") and told


def beginning(names: Iterable[str]) -> str:
    """What all names begin with, letter by letter."""
    every = sorted(names) or [""]
    first, last = every[0], every[-1]
    same = (place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(same, len(first))]


def is_personal(name: str) -> bool:
    """Whether the name may be a person's: it has a word that exercises and folders have not."""
    numbered = _NUMBERED.fullmatch(name) or _NUMBERED_STUDENT.search(name)
    return numbered is not None or any(_is_of_a_person(word) for word in words(name))


def personal_words(name: str) -> tuple[str, ...]:
    """The words of a name that exercises have not; none where a number tells it apart."""
    if is_group(name) or "/" in name or _NUMBERED.fullmatch(name) is not None:
        return ()
    told = words(versions.without_version(versions.without_copy(name)[0])[0])
    # `abell1` and `abell2` are two, `ana_hw1` and `ana_hw2` may be one.
    return tuple(
        word
        for before, word in zip(("hw", *told), told, strict=False)
        if _is_of_a_person(word) or (word.isdigit() and _is_of_a_person(before))
    )


def is_of_nobody(name: str) -> bool:
    """Whether each word is one of exercises and folders, whole: Driver and Huber are surnames."""
    return not (is_personal(name) or any(map(_may_be_a_surname, words(name))))


def _may_be_a_surname(word: str) -> bool:
    whole = {word, word.removesuffix("s"), word.removesuffix("es")}
    return len(word) > 1 and not word.isdigit() and whole.isdisjoint(_WORDS_ALONE)


def is_code(name: str) -> bool:
    """Whether a file that is no notebook is a script, or text with code in it."""
    return _CODE_FILE.search(name) is not None


def is_section(name: str) -> bool:
    """Whether a folder's name is that of a section of a class."""
    return is_section_word(name) or _CODE.fullmatch(name) is not None


def is_section_word(name: str) -> bool:
    """Whether a folder's name has a word for a section, or for all hand-ins."""
    return any(word.removesuffix("s") in _SECTION for word in words(name))


def is_of_work(name: str) -> bool:
    """Whether the name has a word for an exercise, a draft or a folder of a project."""
    return any(not word.isdigit() and _is_of_work(word) for word in words(name))


def is_group(name: str) -> bool:
    """Whether a folder's name is that of a group, which may be a section or hand in as one."""
    return any(word.startswith(_GROUP) for word in words(name))


def belongs_to(name: str, folder: str) -> bool:
    """Whether the name repeats what is personal in the folder's."""
    told = (word for word in words(folder) if len(word) > 2 and word not in _SECTION)
    own = {word for word in told if not _is_of_work(word) and not word.startswith(_GROUP)}
    return not own.isdisjoint(words(name))


def _is_of_a_person(word: str) -> bool:
    if word.isdigit():
        # A student's number is longer than that of an exercise.
        return len(word) >= _STUDENT_NUMBER
    return (len(word) > 1 or not word.isascii()) and not _is_of_work(word)


def _is_of_work(word: str) -> bool:
    return not _EXACT.isdisjoint({word, word.removesuffix("s"), word.removesuffix("es")}) or (
        word.startswith(_BEGINNINGS)
    )


def words(name: str) -> list[str]:
    """The words of a name, in small letters; numbers are words too."""
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", name))]
