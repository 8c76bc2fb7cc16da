"""Attempts that people number in their own folders: of them the newest counts."""

from __future__ import annotations

import re

from grader.classroom.intake import informal, versions
from grader.classroom.intake.claims import Claim, in_order
from grader.classroom.intake.files.tree import Node, is_work
from grader.classroom.intake.handed import HandedFile

_ATTEMPT = re.compile(
    r"(?i)(?:version|wersja|vers[aã]o|versi[oó]n|versione|versie|verze|attempt|versuch|tentativa|"
    r"tentative|intento|essai|submission|resubmission|abgabe|try|poging|upload|rev|v)[ _.-]?\d+"
    r"|\d{4}-\d\d-\d\d[^/]*"
)
_AGAIN = re.compile(r"(?i)(?:my )?re-?sub(?:mi\w+)?")
_ROUND = re.compile(
    r"(?i)(?P<word>attempt|versuch|intento|tentativa|tentative|essai|try|poging|round|runde|"
    r"resubmission|version|versi[oó]n|vers[aã]o|versione|versie|wersja)[ _.-]?(?P<number>\d{1,3})"
)
_ATTEMPTS = frozenset({"submissions", "submission", "attempts", "versions", "abgaben", "history"})


def rounds(folders: list[Node]) -> dict[str, int]:
    """Folders of a class for each attempt, by path with their numbers; none where they are others.

    Somebody is in two of them, or else they are something else that is counted.
    """
    found = [(one, _ROUND.fullmatch(one.name)) for one in folders]
    told = {one.path: int(match["number"]) for one, match in found if match is not None}
    words = {match["word"].casefold() for _, match in found if match is not None}
    same = len(told) == len(folders) == len(set(told.values())) and len(words) == 1
    if not same or len(folders) < 2:
        return {}
    ordered = sorted(folders, key=lambda one: told[one.path])
    people = [
        {name.casefold() for name in one.units() if informal.is_personal(name)} for one in ordered
    ]
    before: set[str] = set()
    for some in people:
        # Most of the fewer are there again: one name in common is two people's.
        if (before and 2 * len(some & before) < min(len(some), len(before))) or not some:
            return {}
        before |= some
    return told if sum(map(len, people)) > len(before) else {}


def claims(node: Node, student: str) -> list[tuple[HandedFile, Claim]]:
    """All of a folder that is somebody's; of numbered attempts in it, the newest counts."""
    inside = [(file, file.path[len(node.path) :]) for file in node.everything()]
    attempts = {file.path: _attempt(rest) for file, rest in inside if is_work(file)}
    numbered = len(set(attempts.values())) > 1 and all(attempts.values())
    numbered = numbered and len({one[0] for one in attempts.values() if one}) == 1
    if not numbered and (again := _handed_in_again(inside)):
        return _again_after(inside, student, again)
    newest = max((in_order(one[1]) for one in attempts.values() if one), default="")
    claimed = []
    for file, rest in inside:
        found = _attempt(rest) if numbered else None
        version = in_order(found[1]) if found else newest if numbered else ""
        own = "" if file.is_folder else rest
        claimed.append(
            (file, Claim(student, own, version=version, attempt=found[1] if found else ""))
        )
    return claimed


def _handed_in_again(inside: list[tuple[HandedFile, str]]) -> set[str]:
    """The paths in a folder for what was handed in again, where there is work outside of it."""
    works = {file.path: rest for file, rest in inside if is_work(file)}
    again = {
        path for path, rest in works.items() if any(map(_AGAIN.fullmatch, rest.split("/")[:-1]))
    }
    return again if len(again) < len(works) else set()


def _again_after(
    inside: list[tuple[HandedFile, str]], student: str, again: set[str]
) -> list[tuple[HandedFile, Claim]]:
    """All of it, where a file handed in again replaces that of its name, or the only other one."""
    works = [file for file, _ in inside if is_work(file)]
    names = {file.name for file in works if file.path in again}
    alone = len(works) == 2
    claimed = []
    for file, rest in inside:
        stays = file.path in again or not (alone or file.name in names)
        claimed.append(
            (
                file,
                Claim(
                    student,
                    "" if file.is_folder else rest,
                    version="1" if stays else "",
                    attempt="resubmission" if stays else "submission",
                ),
            )
        )
    return claimed


def _attempt(rest: str) -> tuple[str, str] | None:
    """The folder of numbered attempts, and which of them the path is in."""
    *parts, name = rest.split("/")
    for place, part in enumerate(parts):
        above = parts[place - 1].casefold() if place else ""
        if _ATTEMPT.fullmatch(part) or (part.isdigit() and above in _ATTEMPTS):
            return "/".join(parts[:place]), part
    stem = informal.stem(name)
    if versions.is_version(stem):
        # The word goes along, so that only attempts that are counted alike are put in order.
        return "/".join((*parts, stem.rstrip("0123456789").casefold())), stem
    return None
