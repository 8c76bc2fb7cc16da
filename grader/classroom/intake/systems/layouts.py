"""Whose file it is: what the systems that classes use write into names of files and folders.

Each layout is one function from a path to a claim, or to None where the path is not of its
kind. The path begins where the system's own naming begins: what stands deeper was named by
students, and says nothing about whose it is. Patterns follow the products' own source; they
were tried on made-up names alone, Unicode and hostile ones among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from grader.classroom.intake.claims import Claim, is_notebook_name
from grader.classroom.intake.systems import more_layouts

__all__ = ["CLAIMS", "Claim", "Layout", "is_notebook_name"]


class Layout(StrEnum):
    """How submissions are laid out."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"
    BRIGHTSPACE = "brightspace"
    BLACKBOARD = "blackboard"
    SAKAI = "sakai"
    GITHUB = "github"
    TEAMS = "teams"
    VOCAREUM = "vocareum"
    COCALC = "cocalc"
    PRAIRIELEARN = "prairielearn"
    PLAIN = "plain"
    FILES = "files"


# No pattern ends at a line break: people can put one into a file's name.
# <name>_[LATE_]<user id>_<attachment id>_<file>. Anonymous: anon_<id> for name and user id.
# The name has no spaces or punctuation but "_"; \w would refuse the vowel signs of many scripts.
_CANVAS = re.compile(
    r"(?:(?!LATE_|anon_)(?P<name>[^\s!-/:-@\[-^`{-~]+?)_)?(?:(?P<late>LATE)_)?"
    r"(?P<uid>\d+|anon_[A-Za-z0-9]+)_"
    r"(?:(?P<fid>\d+)_(?P<rest>[^/]+)|(?P<entry>(?:text|link)\.html))"
)
# <full name>_<participant id>_assignsubmission_<plugin>, then a folder (with one more "_"
# before Moodle 4.1), or "_" and the file. A team has its name there, and whoever is in none is
# in the "Default group", which has no number.
_MOODLE = re.compile(
    r"(?:(?P<name>[^/]*?)_(?P<pid>\d+)|(?P<group>[^_/]+))_assignsubmission_(?:file|onlinetext)"
    r"(?:(?P<old>_?)/(?P<rest>.*)|_(?P<flat>[^/]+))",
    re.DOTALL,
)
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)/(?P<rest>.*)", re.DOTALL)
# submitted/<student>/<assignment>/
_NBGRADER = re.compile(
    r"submitted/(?P<student>[^/]+)/(?P<assignment>[^/]+)/(?P<rest>.*)", re.DOTALL
)
# <student>+<assignment>+<timestamp>[+<random>]/, in the exchange's folder "inbound"
_EXCHANGE = re.compile(
    r"(?:inbound/)?(?P<student>[^/]+?)\+(?P<assignment>[^/+]+)\+"
    r"(?P<time>\d{4}-\d\d-\d\d \d\d[:_]\d\d[:_]\d\d(?:\.\d+)?(?: [^/+]*(?:[+-]\d\d:?\d\d)?)?)"
    r"(?:\+[\w-]{12})?/(?P<rest>.*)",
    re.DOTALL,
)
_NBGRADER_OWN = frozenset({"timestamp.txt", "submission_secret.txt"})
# The other steps of a course: what instructors made, and what nbgrader made of hand-ins.
_NBGRADER_STEPS = frozenset(
    {
        "source",
        "source_with_tests",
        "release",
        "autograded",
        "feedback",
        "solution",
        "outbound",
        "downloaded",
    }
)
_NBGRADER_FILES = frozenset({"nbgrader_config.py", "gradebook.db"})


def canvas(path: str) -> Claim | None:
    """A file of Canvas' "Download Submissions"."""
    found = _CANVAS.fullmatch(path)
    if found is None:
        return None
    uid, name = found["uid"], found["name"] or ""
    return Claim(
        student=f"{name}_{uid}" if name else uid,
        rest=found["rest"] or found["entry"],
        name=name,
        late=found["late"] is not None,
        number=int(found["fid"] or 0),
        # Only who is anonymous has no name there; dates before a name look like two numbers.
        sure=bool(name) or uid.startswith("anon_"),
        ids={"canvas": uid},
    )


def moodle(path: str) -> Claim | None:
    """A file of Moodle's "Download all submissions", with folders or flat."""
    found = _MOODLE.fullmatch(path)
    if found is None:
        return None
    name, pid = found["name"] or found["group"] or "", found["pid"]
    whose = name if pid is None else f"{name}_{pid}"
    return Claim(
        student=whose.strip("_"),
        rest=found["rest"] or found["flat"] or "",
        name=name,
        folder=f"{whose}_assignsubmission_file{found['old'] or ''}",
        ids={} if pid is None else {"moodle": pid},
    )


def gradescope(path: str) -> Claim | None:
    """A file of Gradescope's "Export Submissions"; its metadata says whose it is."""
    found = _GRADESCOPE.fullmatch(path)
    if found is None:
        return None
    return Claim(f"submission_{found['id']}", found["rest"], ids={"gradescope": found["id"]})


def nbgrader(path: str) -> Claim | None:
    """A file of nbgrader's `submitted` folder, or of its exchange."""
    exchanged = _EXCHANGE.fullmatch(path)
    found = exchanged or _NBGRADER.fullmatch(path)
    if found is None:
        return None
    return Claim(
        student=found["student"],
        rest="" if found["rest"] in _NBGRADER_OWN else found["rest"],
        version=exchanged["time"] if exchanged else "",
        assignment=found["assignment"],
        ids={"nbgrader": found["student"]},
    )


def plain(path: str) -> Claim | None:
    """`alice.ipynb`, `alice.zip` or all that is in `alice/`."""
    top, slash, rest = path.partition("/")
    if slash:
        return Claim(top, rest, name=top)
    stem = re.sub(r"(?i)\.(ipynb|zip)(?: ?\(\d{1,3}\))?(\.(txt|json))?$", "", top)
    if stem in {"", top}:
        return None
    return Claim(stem, top, name=stem)


def is_of_a_course(path: str) -> bool:
    """Whether the file is of an nbgrader course itself, not of its students."""
    top, slash, _ = path.partition("/")
    return top in _NBGRADER_STEPS if slash else top in _NBGRADER_FILES


CLAIMS: dict[Layout, Callable[[str], Claim | None]] = {
    Layout.CANVAS: canvas,
    Layout.MOODLE: moodle,
    Layout.GRADESCOPE: gradescope,
    Layout.NBGRADER: nbgrader,
    Layout.BRIGHTSPACE: more_layouts.brightspace,
    Layout.BLACKBOARD: more_layouts.blackboard,
    Layout.SAKAI: more_layouts.sakai,
    Layout.GITHUB: more_layouts.github,
    Layout.TEAMS: more_layouts.teams,
    Layout.VOCAREUM: more_layouts.vocareum,
    Layout.COCALC: more_layouts.cocalc,
    Layout.PRAIRIELEARN: more_layouts.prairielearn,
    Layout.PLAIN: plain,
}
