"""`python -m tests.hostile.table`: the table of `docs/security.md`, from the attacks themselves.

What it says of a tier is what the suite asserts in that tier.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from grader.sandbox import Tier
from tests.hostile.attack import Attack, attacks
from tests.hostile.evil_files import FILES

GROUPS = {
    "S": "forging a score",
    "H": "reading hidden checks",
    "P": "reading others' work",
    "Z": "staying on, harming the worker",
    "T": "tampering with TensorFlow and the messages",
    "R": "using up the machine",
    "I": "text that attacks its reader",
    "N": "files that attack their reader",
    "C": "the network and other channels",
}


def table() -> str:
    """A row for each group, in Markdown."""
    rows = ["| attacks | number | " + " | ".join(Tier) + " |", "| --- |" + " --- |" * 4]
    everything = attacks()
    for letter, name in GROUPS.items():
        members = [each for each in everything if each.group[0] == letter]
        # Evil files never reach student code, so no tier makes a difference to them.
        files = sum(each.name[0].upper() == letter for each in FILES)
        cells = (_stopped(members, files, tier) for tier in Tier)
        rows.append(f"| {letter}: {name} | {len(members) + files} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _stopped(members: Iterable[Attack], files: int, tier: Tier) -> str:
    """How many are stopped in the tier, and what becomes of the rest."""
    stopped, through, depends, untried = files, 0, 0, 0
    for each in members:
        through += tier in each.through
        depends += tier in each.depends
        untried += tier in each.untried
        stopped += each.stopped_in(tier)
    if not through + depends + untried:
        return "all stopped"
    rest = [
        f"{count} {words}"
        for count, words in (
            (through, "not"),
            (depends, "on some systems not"),
            (untried, "not tried"),
        )
        if count
    ]
    return f"{stopped} stopped, {', '.join(rest)}"


if __name__ == "__main__":
    sys.stdout.write(table())
