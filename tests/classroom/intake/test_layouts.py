"""Whose file it is, for each system's way to name files; all names are made up."""

from __future__ import annotations

import pytest

from grader.classroom.intake.systems import layouts
from grader.classroom.intake.systems.layouts import Claim

CANVAS = {
    "plain": ("smithbob_340934_208490284_BobsWork.ipynb", "smithbob_340934", "BobsWork.ipynb"),
    "late": ("smithbob_LATE_340934_208490284_hw.ipynb", "smithbob_340934", "hw.ipynb"),
    "underscores in the file": ("li_1_2_my_hw_1_2.ipynb", "li_1", "my_hw_1_2.ipynb"),
    "underscore in the name": ("van_der_1_2_x.ipynb", "van_der_1", "x.ipynb"),
    "a name with digits": ("bob2_11_22_x.ipynb", "bob2_11", "x.ipynb"),
    "anonymous": ("anon_Ab3xZ_22_x.ipynb", "anon_Ab3xZ", "x.ipynb"),
    "anonymous and late": ("LATE_anon_Ab3xZ_22_x.ipynb", "anon_Ab3xZ", "x.ipynb"),
    "another script": ("李小龍_5_6_作業.ipynb", "李小龍_5", "作業.ipynb"),
    "vowel signs": ("कुमारी_5_6_x.ipynb", "कुमारी_5", "x.ipynb"),
    "a line break": ("li_1_2_x\ny.ipynb", "li_1", "x\ny.ipynb"),
    "a text entry": ("smithbob_340934_text.html", "smithbob_340934", "text.html"),
    "a link": ("smithbob_LATE_340934_link.html", "smithbob_340934", "link.html"),
}


@pytest.mark.parametrize(("path", "student", "rest"), CANVAS.values(), ids=CANVAS.keys())
def test_canvas(path: str, student: str, rest: str) -> None:
    """Name, user id, attachment id and file."""
    claim = layouts.canvas(path)
    assert claim is not None
    assert (claim.student, claim.rest, claim.late) == (student, rest, "LATE" in path)
    assert claim.ids == {"canvas": student.rpartition("_")[2] if "anon" not in student else student}


@pytest.mark.parametrize(
    "path",
    [
        "alice.ipynb",
        "hw_1.ipynb",
        "_1_2_x",
        "a_b_c_d.ipynb",
        "",
        "ann/li_1_2_x.ipynb",
        "ann_5_6_work/li_1_2_x.ipynb",
    ],
)
def test_not_canvas(path: str) -> None:
    """Nobody is read out of what is of another kind."""
    assert layouts.canvas(path) is None


MOODLE = {
    "a folder": (
        "Bob Smith_123_assignsubmission_file/a/x.ipynb",
        "Bob Smith_123", "a/x.ipynb", "Bob Smith_123_assignsubmission_file",
    ),
    "a folder before 4.1": (
        "Bob Smith_123_assignsubmission_file_/x.ipynb",
        "Bob Smith_123", "x.ipynb", "Bob Smith_123_assignsubmission_file_",
    ),
    "flat": (
        "Bob Smith_123_assignsubmission_file_my_x.ipynb",
        "Bob Smith_123", "my_x.ipynb", "Bob Smith_123_assignsubmission_file",
    ),
    "online text": (
        "Bob Smith_123_assignsubmission_onlinetext/onlinetext.html",
        "Bob Smith_123", "onlinetext.html", "Bob Smith_123_assignsubmission_file",
    ),
    "blind": (
        "Participant_77_assignsubmission_file/x.ipynb",
        "Participant_77", "x.ipynb", "Participant_77_assignsubmission_file",
    ),
    "another script": (
        "Zoë Größe-李_9_assignsubmission_file/x.ipynb",
        "Zoë Größe-李_9", "x.ipynb", "Zoë Größe-李_9_assignsubmission_file",
    ),
    "an empty folder": (
        "Bob Smith_123_assignsubmission_file/",
        "Bob Smith_123", "", "Bob Smith_123_assignsubmission_file",
    ),
    "another's name inside": (
        "Eve_1_assignsubmission_file/Bob Smith_123_assignsubmission_file/x.ipynb",
        "Eve_1", "Bob Smith_123_assignsubmission_file/x.ipynb", "Eve_1_assignsubmission_file",
    ),
    "a line break": (
        "Bob Smith_123_assignsubmission_file/a/x\ny.ipynb",
        "Bob Smith_123", "a/x\ny.ipynb", "Bob Smith_123_assignsubmission_file",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "student", "rest", "folder"), MOODLE.values(), ids=MOODLE.keys())
def test_moodle(path: str, student: str, rest: str, folder: str) -> None:
    """Full name, participant id, and the folder that feedback goes back under."""
    claim = layouts.moodle(path)
    assert claim is not None
    assert (claim.student, claim.rest, claim.folder) == (student, rest, folder)
    assert claim.ids == {"moodle": student.rpartition("_")[2]}


def test_moodle_has_no_number_for_those_in_no_team() -> None:
    """They share one folder, and are a hand-in like others."""
    claim = layouts.moodle("Default group_assignsubmission_file_/x.ipynb")
    assert claim is not None
    assert (claim.student, claim.rest, claim.ids) == ("Default group", "x.ipynb", {})
    assert claim.folder == "Default group_assignsubmission_file_"


def test_gradescope() -> None:
    """The number of the submission; the rest is in the metadata."""
    rest = "submission_346/x\ny.ipynb"
    assert layouts.gradescope(f"submission_345/{rest}") == Claim(
        "submission_345", rest, ids={"gradescope": "345"}
    )
    assert layouts.gradescope("mysubmission_345/x.ipynb") is None
    assert layouts.gradescope("eve/submission_345/x.ipynb") is None


NBGRADER = {
    "the tree": ("submitted/bob/hw1/x.ipynb", "bob", "hw1", "", "x.ipynb"),
    "the tree's names inside": (
        "submitted/eve/hw1/submitted/bob/hw1/x.ipynb",
        "eve", "hw1", "", "submitted/bob/hw1/x.ipynb",
    ),
    "the exchange's name inside": (
        "submitted/eve/hw1/bob+hw1+2015-02-02 15:58:23 UTC/x.ipynb",
        "eve", "hw1", "", "bob+hw1+2015-02-02 15:58:23 UTC/x.ipynb",
    ),
    "its own files": ("submitted/bob/hw1/timestamp.txt", "bob", "hw1", "", ""),
    "the exchange": (
        "bob+hw1+2015-02-02 15:58:23.948203 UTC/x.ipynb",
        "bob", "hw1", "2015-02-02 15:58:23.948203 UTC", "x.ipynb",
    ),
    "the exchange with random letters": (
        "inbound/bob+hw1+2015-02-02 15:58:23.948203 CET+1bCd-fGhI_kl/x.ipynb",
        "bob", "hw1", "2015-02-02 15:58:23.948203 CET", "x.ipynb",
    ),
    "a plus in the id": (
        "bob+tf@uni+hw1+2015-02-02 15:58:23.948203 UTC/x.ipynb",
        "bob+tf@uni", "hw1", "2015-02-02 15:58:23.948203 UTC", "x.ipynb",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "student", "assignment", "version", "rest"), NBGRADER.values(), ids=NBGRADER.keys()
)
def test_nbgrader(path: str, student: str, assignment: str, version: str, rest: str) -> None:
    """Student and assignment, and in the exchange the time."""
    claim = layouts.nbgrader(path)
    assert claim is not None
    assert (claim.student, claim.assignment) == (student, assignment)
    assert (claim.version, claim.rest) == (version, rest)


@pytest.mark.parametrize(
    "path",
    [
        "eve/submitted/bob/hw1/x.ipynb",
        "eve/bob+hw1+2015-02-02 15:58:23 UTC/x.ipynb",
        "submitted/bob/x.ipynb",
        "bob/hw1/x.ipynb",
    ],
)
def test_not_nbgrader(path: str) -> None:
    """Its words count at their own place."""
    assert layouts.nbgrader(path) is None


PLAIN = {
    "a notebook": ("alice.ipynb", "alice", "alice.ipynb"),
    "saved by a browser": ("alice.ipynb.txt", "alice", "alice.ipynb.txt"),
    "a zip": ("alice.ZIP", "alice", "alice.ZIP"),
    "a folder": ("alice/src/x.py", "alice", "src/x.py"),
    "an empty folder": ("alice/", "alice", ""),
    "dots": ("a.b.c.ipynb", "a.b.c", "a.b.c.ipynb"),
}


@pytest.mark.parametrize(("path", "student", "rest"), PLAIN.values(), ids=PLAIN.keys())
def test_plain(path: str, student: str, rest: str) -> None:
    """The name of the notebook, the zip or the folder."""
    claim = layouts.plain(path)
    assert claim is not None
    assert (claim.student, claim.rest) == (student, rest)


@pytest.mark.parametrize("path", ["grades.csv", "README.md", ".ipynb", "notes"])
def test_not_plain(path: str) -> None:
    """Other files beside the notebooks are nobody's."""
    assert layouts.plain(path) is None


@pytest.mark.parametrize("claim", layouts.CLAIMS.values(), ids=[str(one) for one in layouts.CLAIMS])
@pytest.mark.parametrize(
    "piece", ["1_", "a_1_", "+", "_assignsubmission_", "submission_1/", "/a", "submitted/"]
)
def test_no_name_takes_long(claim: object, piece: str) -> None:
    """A hostile name of many kilobytes costs no more than its length."""
    import time

    assert callable(claim)
    started = time.process_time()
    claim(piece * (4096 // len(piece)) + "\0")
    assert time.process_time() - started < 1
