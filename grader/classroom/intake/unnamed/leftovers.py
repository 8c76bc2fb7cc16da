"""What stands among people's files and folders and is nobody's, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.classroom.intake import informal
from grader.classroom.intake.claims import Claim, is_notebook_name
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.tree import Node, is_work
from grader.classroom.intake.handed import HandedFile, Left

Claimed = tuple[HandedFile, Claim]
_NOBODYS = "does not say whose it is"
_NO_WORK = "is no notebook, script, document or archive"


def left(file: HandedFile) -> Left:
    """The file as nobody's, with the reason."""
    return Left(file.path, file.refused or (_NOBODYS if is_document(file.name) else _NO_WORK))


def is_document(name: str) -> bool:
    """Whether a file is of a kind that may be handed in."""
    return is_notebook_name(name) or is_zip_name(name) or informal.is_document(name)


def somebodys(
    files: Sequence[HandedFile], *, alone: bool = False, beside: bool = False
) -> list[HandedFile]:
    """Those that are somebody's work: among people's files also a text that has a person's name.

    alone: whether there is nothing but such texts. beside: whether people have folders there.
    A document that has none, where notebooks have, is the exercise itself or the like.
    """
    works = [file for file in files if is_work(file) and informal.stem(file.name)]
    likely = [file for file in works if _is_likely(file)]
    sure = {file.path for file in likely}
    personal = sum(informal.is_personal(informal.stem(file.name)) for file in likely or works)
    enough = 1 if likely else max(2, len(works) // 2 + 1)
    if beside or personal >= enough:
        works = [
            file
            for file in works
            if file.path in sure or not informal.is_of_nobody(informal.stem(file.name))
        ]
    stems = {informal.stem(file.name) for file in works}
    texts = (file for file in files if informal.is_text(file.name)) if works or alone else ()
    return works + [file for file in texts if informal.stem(file.name) not in stems]


def along(claimed: Sequence[Claimed]) -> list[Claimed]:
    """One person's files, of which documents go along with what is newest: they replace no work."""
    newest = max((claim.version for file, claim in claimed if _is_likely(file)), default=None)
    if newest is None:
        return list(claimed)
    return [
        (file, claim if _is_likely(file) else replace(claim, late=False, version=newest))
        for file, claim in claimed
    ]


def _is_likely(file: HandedFile) -> bool:
    return is_notebook_name(file.name) or is_zip_name(file.name) or informal.is_code(file.name)


def nobodys(folders: Sequence[Node], *, holds_others: bool) -> list[Node]:
    """Those that nobody has: with nothing to grade and no name of a person, people being elsewhere.

    Where people's folders have any names, one of another name may be an empty one of theirs.
    """
    empty = [one for one in folders if next(one.work(), None) is None]
    hollow = {one.path for one in empty}
    full = [one for one in folders if one.path not in hollow]
    if not full:
        told = empty if holds_others else []
        return [one for one in told if not _may_be_a_person(one) or informal.is_section(one.name)]
    if 2 * sum(map(_may_be_a_person, full)) <= len(full):
        return []
    return [one for one in empty if informal.is_of_nobody(one.name)]


def _may_be_a_person(node: Node) -> bool:
    return informal.is_personal(node.name)
