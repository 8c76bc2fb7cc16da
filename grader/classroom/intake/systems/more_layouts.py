"""How more of the systems that classes use name what they give out.

As in `layouts`: a function each, from a path to a claim, or to None. Where a name leaves open
whose it is, the claim has all of it, and `identities` settles it with the whole class in sight.
"""

from __future__ import annotations

import re

from grader.classroom.intake.claims import Claim, in_order
from grader.classroom.intake.systems import words
from grader.classroom.intake.systems.dates import in_words

# <number>-<number> - <name> - <date>, a folder for each time that somebody handed in; flat, the
# file's name follows. Names may hold " - "; the colon of the time is dropped, kept or "_".
_DATE = (
    r"(?:[^\W\d]+\.? \d{1,2}, \d{4}|\d{1,2}(?:\.|er|º)? (?:de )?[^\W\d]+\.? (?:de )?\d{4})"
    r",? \d{1,2}(?:[:_.]| ?h ?)?\d{0,2}(?: ?[AaPp]\.?[Mm]\.?)?"
)
_BRIGHTSPACE = re.compile(
    rf"(?P<folder>(?P<pair>\d+-\d+) - (?P<name>[^/]+) - (?P<date>{_DATE}))"
    r"(?:/(?P<rest>.*)| - (?P<flat>[^/]+))",
    re.DOTALL,
)
# <title>_<user>_attempt_<time>: a receipt that ends there, and the files.
_BLACKBOARD = re.compile(
    r"(?P<whose>[^/]+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<rest>[^/]+)|(?P<receipt>\.txt))"
)
# <last>, <first>(<id>)/, or a group's name; below it what Sakai writes, and two folders whose names
# depend on the language.
_SAKAI = re.compile(
    r"(?P<folder>(?P<last>[^/,]*),(?P<first>[^/]*)\((?P<eid>[^()/\s]+)\))/(?P<rest>.*)", re.DOTALL
)
_SAKAI_GROUP = re.compile(
    rf"(?P<group>[^/]+)/(?:members\.txt|(?=[^/]*{words.ATTACHED})[^/]*(?:{words.SUBMITTED}|{words.FED_BACK})[^/]*/.*)",
    re.DOTALL,
)
_FEEDBACK_IS_LEFT = "is feedback, and was not handed in"
_SAKAI_OWN = frozenset({"timestamp.txt", "comments.txt", "feedbackText.html", "members.txt"})
_FEEDBACK = re.compile(words.FED_BACK)
# <slug>-submissions/<slug>-<login>/; what GitHub packs itself has the branch behind it.
_GITHUB = re.compile(
    r"(?P<slug>[^/]+)-submissions/"
    r"(?P<repository>(?P=slug)-(?P<login>[^/]+?)(?:-main|-master)?)/(?P<rest>.*)",
    re.DOTALL,
)
_TEAMS = re.compile(
    rf"(?:{words.TEAMS_FOLDER})/(?P<name>[^/]+)/"
    r"(?:(?P<assignment>[^/]+)/(?:(?P<attempt>[^/\d]+ (?P<number>\d+))/)?(?P<rest>.*))?",
    re.DOTALL,
)
_VOCAREUM = re.compile(
    r"(?P<student>[^/]+)/(?:submissions?/(?P<number>\d+)/(?:work/)?)?(?P<rest>.*)", re.DOTALL
)
_COCALC = re.compile(
    r"[^/]+-collect/(?P<assignment>.+?)/(?P<student>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_COCALC_NAME = re.compile(r"STUDENT - (?P<name>[^/]+)\.txt")
# <address>_<instance>_<question>_<variant>_<number>_<id>_<file>
# A question's name may hold "/", which makes folders. For
# grading by hand: <address>_<number>_<question>_<id>_<file>; long numbers are likelier to be ids.
_PRAIRIELEARN = (
    re.compile(
        r"(?P<student>[^/@]+@[^/@_]+)_\d+_(?P<question>[^\W\d][^@]*?)"
        r"_\d+_\d+_(?P<id>\d+)_(?P<rest>[^/]+)"
    ),
    # A team has its name for an address. People's names may have numbers and a date behind them.
    re.compile(
        r"(?P<student>[A-Za-z][A-Za-z0-9-]*)_[1-9]\d*_(?P<question>[^\W\d][^@]*?)"
        r"_[1-9]\d{0,2}_[1-9]\d{0,2}_(?P<id>(?!(?:19|20)\d\d_)[1-9]\d{2,})_(?P<rest>[^/]+)"
    ),
    *(
        re.compile(
            r"(?P<student>[^/@]+@[^/@_]+)_[^/_]+_(?P<question>[^@]+?)"
            rf"_(?P<id>\d{{{digits},}})_(?P<rest>[^/]+)"
        )
        for digits in (3, 1)
    ),
)


def brightspace(path: str) -> Claim | None:
    """A file of Brightspace's (D2L's) download, with folders or flat."""
    found = _BRIGHTSPACE.fullmatch(path)
    if found is None:
        return None
    return Claim(
        student=f"{found['name']}_{found['pair']}",
        rest=found["rest"] or found["flat"] or "",
        name=found["name"],
        version=in_words(found["date"]),
        attempt=found["date"],
        folder=found["folder"],
    )


def blackboard(path: str) -> Claim | None:
    """A file of Blackboard's gradebook download, or the receipt of an attempt."""
    found = _BLACKBOARD.fullmatch(path)
    if found is None:
        return None
    return Claim(
        student=found["whose"],
        rest=found["rest"] or "",
        version=found["time"],
        attempt=found["time"],
    )


def sakai(path: str) -> Claim | None:
    """A file of a Sakai assignment's download, of a person or a group."""
    found = _SAKAI.fullmatch(path)
    if found is None:
        group = _SAKAI_GROUP.fullmatch(path)
        if group is None:
            return None
        rest = path.removeprefix(f"{group['group']}/")
        feedback = _is_feedback(rest)
        return Claim(
            group["group"],
            "" if feedback else _sakai_file(rest),
            name=group["group"],
            folder=group["group"],
            left=_FEEDBACK_IS_LEFT if feedback else "",
        )
    rest, folder = found["rest"], found["folder"]
    feedback = _is_feedback(rest)
    own = feedback or rest in _SAKAI_OWN
    return Claim(
        student=found["eid"],
        rest="" if own else _sakai_file(rest),
        name=f"{found['first'].strip()} {found['last'].strip()}".strip(),
        # A file that stands there by itself was put there by somebody else.
        sure="/" in rest or own or not rest,
        folder=folder,
        left=_FEEDBACK_IS_LEFT if feedback else "",
        ids={"sakai": found["eid"]},
    )


def _is_feedback(rest: str) -> bool:
    return "/" in rest and _FEEDBACK.search(rest.partition("/")[0]) is not None


def _sakai_file(rest: str) -> str:
    if rest in _SAKAI_OWN:
        return ""
    _, slash, below = rest.partition("/")
    return below if slash else rest


def github(path: str) -> Claim | None:
    """A file in a clone of GitHub Classroom's: the assignment's slug, and whose it is."""
    found = _GITHUB.fullmatch(path)
    if found is None:
        return None
    return Claim(
        student=found["login"],
        rest=found["rest"],
        folder=found["repository"],
        ids={"github": found["login"]},
    )


def is_of_teams(folder: str) -> bool:
    """Whether it is one of the two folders of a Teams class."""
    return re.fullmatch(words.TEAMS_FOLDER, folder) is not None


def teams(path: str) -> Claim | None:
    """A file of a Teams class' folder "Student Work"; of several versions the newest counts."""
    found = _TEAMS.fullmatch(path)
    if found is None:
        return None
    draft = found["draft"] is not None
    return Claim(
        student=found["name"],
        rest="" if draft else found["rest"] or "",
        name=found["name"],
        # Who has drafts alone is in the class, and has handed in nothing.
        version="" if draft else in_order(found["number"] or ""),
        attempt=found["attempt"] or "",
        assignment=found["assignment"] or "",
        left="is a draft (Working files), and was not handed in" if draft else "",
    )


def vocareum(path: str) -> Claim | None:
    """A file below a student's numbered submissions; the newest counts, not the best."""
    found = _VOCAREUM.fullmatch(path)
    if found is None:
        return None
    number = found["number"]
    return Claim(
        student=found["student"],
        rest=found["rest"],
        version=in_order(number or ""),
        attempt=f"submission {number}" if number else "what is in no submission",
        sure=number is not None,
        ids={"email": found["student"]} if "@" in found["student"] else {},
    )


def cocalc(path: str) -> Claim | None:
    """A file that CoCalc collected; a file beside it has the student's name."""
    found = _COCALC.fullmatch(path)
    if found is None:
        return None
    named = _COCALC_NAME.fullmatch(found["rest"])
    return Claim(
        student=found["student"],
        rest="" if named else found["rest"],
        name=named["name"] if named else "",
        assignment=found["assignment"],
    )


def prairielearn(path: str) -> Claim | None:
    """A file of PrairieLearn's downloads; of several submissions the newest counts."""
    found = next((found for one in _PRAIRIELEARN if (found := one.fullmatch(path))), None)
    if found is None:
        return None
    return Claim(
        student=found["student"],
        rest=found["rest"],
        version=in_order(found["id"]),
        attempt=f"submission {found['id']}",
        assignment=found["question"],
        ids={"email": found["student"]} if "@" in found["student"] else {},
    )
