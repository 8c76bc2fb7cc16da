"""What the path of a file says about whose it is, and words that several layouts share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# The number is a browser's, ` (1)`, or Canvas', `hw.ipynb-1.txt`.
_NOTEBOOK = re.compile(
    r"(?i)\.ipynb(?:(?: ?\(\d{1,3}\))?(?:\.(?:txt|json))?|-\d{1,3}\.(?:txt|json))$"
)
_NUMBER = re.compile(r"\d+")
_DIGITS = 20


@dataclass(frozen=True)
class Claim:
    """What a path says.

    student: the id of whoever handed it in. rest: the file's own path; empty for what only says
    that there is a hand-in: a folder, a receipt, a timestamp. version: of two hand-ins of one
    student, the one with the greater version counts. attempt: what to call it, if not as its
    version. number: of two uploads of one file, the greater is newer. sure: whether only this
    system names files so. folder: the system's own name for the hand-in; feedback goes back
    under it. left: why the file is none that was handed in, where it looks like one.
    """

    student: str
    rest: str
    name: str = ""
    late: bool = False
    version: str = ""
    attempt: str = ""
    number: int = 0
    sure: bool = True
    assignment: str = ""
    folder: str = ""
    left: str = ""
    ids: dict[str, str] = field(default_factory=dict)


def is_notebook_name(name: str) -> bool:
    """Whether the name is a notebook's, what browsers add included: `.txt`, `.json`, ` (1)`."""
    return _NOTEBOOK.search(name) is not None


def in_order(attempt: str) -> str:
    """A text that sorts as people count: the tenth attempt after the ninth."""
    return _NUMBER.sub(lambda digits: digits[0].zfill(_DIGITS), attempt)
