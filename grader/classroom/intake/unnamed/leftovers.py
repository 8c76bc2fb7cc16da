"""What stands among people's files and folders and is nobody's, and why."""

from __future__ import annotations

from collections.abc import Sequence

from grader.classroom.intake import informal
from grader.classroom.intake.claims import is_notebook_name
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import Node, is_work
from grader.classroom.intake.handed import HandedFile, Left

_NOBODYS = "does not say whose it is"
_NO_WORK = "is no notebook, script, document or archive"


def left(file: HandedFile) -> Left:
    """The file as nobody's, with the reason."""
    return Left(file.path, file.refused or (_NOBODYS if is_document(file.name) else _NO_WORK))


def is_document(name: str) -> bool:
    """Whether a file is of a kind that may be handed in."""
    return is_notebook_name(name) or is_zip_name(name) or informal.is_document(name)


def somebodys(files: Sequence[HandedFile]) -> list[HandedFile]:
    """Those that are somebody's work: among people's files also a text that has a person's name.

    A document that has none, where notebooks have, is the exercise itself or the like.
    """
    works = [file for file in files if is_work(file) and informal.stem(file.name)]
    likely = [
        file
        for file in works
        if is_notebook_name(file.name) or is_zip_name(file.name) or informal.is_code(file.name)
    ]
    if any(informal.is_personal(informal.stem(file.name)) for file in likely):
        works = [
            file
            for file in works
            if file in likely or informal.is_personal(informal.stem(file.name))
        ]
    stems = {informal.stem(file.name) for file in works}
    return works + [
        file
        for file in files
        if works and informal.is_text(file.name) and informal.stem(file.name) not in stems
    ]


def nobodys(folders: Sequence[Node], *, holds_others: bool) -> list[Node]:
    """Those that nobody has: with nothing to grade and no name of a person, people being elsewhere.

    Where people have folders, one of another name may be an empty one of theirs.
    """
    if not holds_others or any(next(one.work(), None) is not None for one in folders):
        return []
    return [
        one
        for one in folders
        if informal.is_section(one.name) or not informal.is_personal(one.name)
    ]
