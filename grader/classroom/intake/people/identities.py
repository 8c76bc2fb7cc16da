"""Whose a hand-in is, where its name alone leaves that open and the whole class settles it.

Blackboard writes title and user with the same "_" that both may hold. Brightspace writes two
numbers, of which one may be new each time that somebody hands in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from grader.classroom.intake import informal
from grader.classroom.intake.claims import Claim
from grader.classroom.intake.handed import HandedFile
from grader.classroom.intake.systems.layouts import Layout
from grader.errors import UsageError

Claimed = tuple[HandedFile, Claim]
# The first line of a receipt: "Name: Ada Bell (abell)", in the language of the site.
_RECEIPT = re.compile(r"[^:\n]{1,40}:[ \t]*(?P<name>[^\n]*?)[ \t]*\((?P<user>[^()\n]+)\)[ \t]*$")
_MAX_RECEIPT = 2**20


def settled(layout: Layout, claimed: Sequence[Claimed]) -> list[Claimed]:
    """The claims with the ids that stand in reports."""
    if layout is Layout.BLACKBOARD:
        return _of_blackboard(claimed)
    if layout is Layout.BRIGHTSPACE:
        return _of_brightspace(claimed)
    return list(claimed)


def _of_blackboard(claimed: Sequence[Claimed]) -> list[Claimed]:
    """By the receipts; without one, by what all names begin with."""
    people = {claim.student: ("", "") for _, claim in claimed}
    for file, claim in claimed:
        if not claim.rest and not people[claim.student][1]:
            people[claim.student] = _receipt(file, claim.student)
    titles = {whose.removesuffix(user) for whose, (_, user) in people.items() if user}
    common = informal.beginning(people)
    titles.add(common[: common.rfind("_") + 1])
    users = {}
    for whose, (name, user) in people.items():
        title = max((one for one in titles if one and whose.startswith(one)), key=len, default="")
        if len(people) == 1 and not user:
            title = whose[: whose.rfind("_") + 1]
        users[whose] = (name, user or whose.removeprefix(title) or whose)
    every = [user for _, user in users.values()]
    found = []
    for file, claim in claimed:
        name, user = users[claim.student]
        # Two titles in one folder are two assignments, and nobody is lost between them.
        student = user if every.count(user) == 1 else claim.student
        found.append((file, replace(claim, student=student, name=name, ids={"blackboard": user})))
    return found


def _receipt(file: HandedFile, whose: str) -> tuple[str, str]:
    """Name and user, as Blackboard wrote them; nothing if the file says another's."""
    if file.refused or file.size > _MAX_RECEIPT:
        return "", ""
    try:
        data = file.load().data or b""
    except UsageError:
        return "", ""
    first = data.decode("utf-8-sig", "replace").lstrip().partition("\n")[0].strip()
    found = _RECEIPT.fullmatch(first)
    if found is None or not whose.endswith(f"_{found['user'].strip()}"):
        return "", ""
    return found["name"], found["user"].strip()


def _of_brightspace(claimed: Sequence[Claimed]) -> list[Claimed]:
    """One person where a name comes with a number that is theirs; two where it comes with others.

    A number that everybody has is the assignment's.
    """
    pairs = {claim.student: claim for _, claim in claimed}
    numbers = {student: student.rpartition("_")[2].split("-") for student in pairs}
    names = {claim.name for claim in pairs.values()}
    shared = [
        len({number[place] for number in numbers.values()}) == 1 and len(names) > 1
        for place in (0, 1)
    ]
    by_name: dict[str, list[str]] = defaultdict(list)
    for student, claim in sorted(pairs.items(), key=lambda one: one[1].version):
        by_name[claim.name].append(student)
    whose: dict[str, str] = {}
    for students in by_name.values():
        for student in students:
            whose[student] = next(
                (
                    whose[other]
                    for other in students
                    if other in whose
                    and any(
                        numbers[other][place] == numbers[student][place] and not shared[place]
                        for place in (0, 1)
                    )
                ),
                student,
            )
    return [(file, replace(claim, student=whose[claim.student])) for file, claim in claimed]
