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
_ATTEMPTS = frozenset({"submissions", "submission", "attempts", "versions", "abgaben", "history"})


def claims(node: Node, student: str) -> list[tuple[HandedFile, Claim]]:
    """All of a folder that is somebody's; of numbered attempts in it, the newest counts."""
    inside = [(file, file.path[len(node.path) :]) for file in node.everything()]
    attempts = {file.path: _attempt(rest) for file, rest in inside if is_work(file)}
    numbered = len(set(attempts.values())) > 1 and all(attempts.values())
    numbered = numbered and len({one[0] for one in attempts.values() if one}) == 1
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
