"""The folder of a batch: safe and unique names, whole files, one writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignments.custom_losses import ASSIGNMENT
from grader.classroom.batch import folder
from grader.classroom.batch.file_names import Names
from grader.errors import FaultError, UsageError
from grader.report import AssignmentRef, Report
from grader.submission import Submission
from tests.classroom import fakes

HOSTILE = [
    "../../etc/passwd",
    "/root/x",
    "C:\\x",
    "nul",
    "a\0b",
    ".",
    "-rf",
    "a" * 4000,
    "李" * 300,
]


def report(student: str, score: float = 50) -> Report:
    """A report about this student."""
    return fakes.report(Submission.of("hw.ipynb", b"x", student), score)


@pytest.mark.parametrize("student", ["alice", "Zoë", "李小龍", "smithbob_340934", "a.b-c_d"])
def test_plain_ids_keep_their_name(student: str) -> None:
    """People find their file."""
    assert Names.of([student]).by_student[student] == student


@pytest.mark.parametrize("student", HOSTILE)
def test_hostile_ids_get_safe_names(student: str) -> None:
    """One plain name in one folder, with room for a suffix."""
    name = Names.of([student]).by_student[student]
    assert "/" not in name
    assert not name.startswith((".", "-"))
    assert len(name.encode()) < 200


def test_ids_that_some_file_system_takes_for_one() -> None:
    """Case, and letters that only look different to a computer."""
    names = Names.of(["Ann", "ann", "\N{LATIN SMALL LIGATURE FI}n", "fin", "bob"]).by_student
    assert [names[student] for student in ("ann", "bob", "fin")] == ["ann", "bob", "fin"]
    assert len({name.casefold() for name in names.values()}) == 5


def test_nobody_can_take_the_name_of_another() -> None:
    """An id made to look like another one's name with its hash gets a hash of its own."""
    taken = Names.of(["Ann!"]).by_student["Ann!"]
    names = Names.of(["Ann!", taken]).by_student
    assert names["Ann!"] == taken
    assert names[taken] != taken


@given(st.lists(st.text(st.characters(), max_size=20), unique=True, max_size=30))
def test_names_are_unique_on_every_file_system(students: list[str]) -> None:
    """Whatever the ids and their order."""
    students = list({unicodedata.normalize("NFC", student): student for student in students})
    names = Names.of(students).by_student
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names.values()}
    assert len(folded) == len(students)
    assert Names.of(students[::-1]).by_student == names


def test_a_report_comes_back_as_it_was(tmp_path: Path) -> None:
    """With its feedback page beside it."""
    with folder.opened(tmp_path / "out", ["../x"]) as out:
        assert out.report("../x") is None
        made = report("../x")
        out.write(made, "<p>page")
        assert out.report("../x") == made
        assert out.has_feedback("../x")
        assert out.strangers() == ()
    assert [path.parent.name for path in (tmp_path / "out").rglob("*.json")] == ["reports"]


def test_a_report_about_somebody_else_is_none(tmp_path: Path) -> None:
    """As after somebody moved files around."""
    with folder.opened(tmp_path, ["ann", "bob"]) as out:
        out.write(report("bob"))
        out.report_path("bob").rename(out.report_path("ann"))
        assert out.report("ann") is None


def test_reports_of_nobody_are_told(tmp_path: Path) -> None:
    """An earlier run had more students."""
    with folder.opened(tmp_path, ["ann", "bob"]) as out:
        out.write(report("ann"))
        out.write(report("bob"))
    with folder.opened(tmp_path, ["ann"]) as out:
        assert out.strangers() == ("bob",)


def test_half_written_files_are_swept_away(tmp_path: Path) -> None:
    """What a killed batch leaves is no report."""
    (tmp_path / "reports").mkdir()
    part = tmp_path / "reports" / ".ann.json.0123abcd.part"
    part.write_text("{", encoding="utf-8")
    with folder.opened(tmp_path, ["ann"]) as out:
        assert not part.exists()
        assert out.strangers() == ()


@pytest.mark.parametrize("strange", ["thesis.docx", "reports/march.pdf", "feedback", "x/y.json"])
@pytest.mark.parametrize("writable", [True, False])
def test_a_folder_of_other_things_is_left_alone(
    tmp_path: Path, strange: str, *, writable: bool
) -> None:
    """It is refused before anything is touched: `reports` may be somebody's own."""
    path = tmp_path / strange
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with (
        pytest.raises(UsageError, match="is no folder of a batch"),
        folder.opened(tmp_path, ["ann"], writable=writable),
    ):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_of_another_assignment_is_refused(tmp_path: Path) -> None:
    """With other exercises its reports could neither be compared nor kept."""
    with folder.opened(tmp_path, ["ann"]) as out:
        out.ensure_of(ASSIGNMENT)
        made = report("ann")
        out.write(made)
        out.ensure_of(ASSIGNMENT)
        out.write(msgspec.structs.replace(made, assignment=AssignmentRef("week 2", "0")))
        # A folder that got another name asks for the same as before.
        out.ensure_of(ASSIGNMENT)
        foreign = msgspec.structs.replace(made.exercises[0], name="rmse")
        out.write(
            msgspec.structs.replace(
                made, assignment=AssignmentRef("week 2", "0"), exercises=(foreign,)
            )
        )
        with pytest.raises(UsageError, match=r"reports of another assignment, week 2; name"):
            out.ensure_of(ASSIGNMENT)


def test_an_empty_folder_and_a_copy_of_results_are_taken(tmp_path: Path) -> None:
    """A copy often lacks what is hidden; Finder leaves a file of its own."""
    (tmp_path / ".DS_Store").touch()
    with folder.opened(tmp_path, ["ann"]) as out:
        out.write(report("ann"), "<p>page")
    (tmp_path / ".lock").unlink()
    with folder.opened(tmp_path, ["ann"]) as out:
        assert out.report("ann") is not None
    (tmp_path / "notes.txt").touch()
    with folder.opened(tmp_path, ["ann"]) as out:
        assert out.report("ann") is not None


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    """Another process is refused, and let in when the first has ended."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom grader.classroom.batch import folder\n"
        "from grader.errors import UsageError\n"
        "try:\n    with folder.opened(Path(sys.argv[1]), ['ann']): pass\n"
        "except UsageError as error: sys.exit(str(error))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with folder.opened(tmp_path, ["ann"]):
        other = subprocess.run(command, capture_output=True, text=True, check=False)
        assert other.stderr.strip() == f"{tmp_path}: another batch is writing there"
    assert subprocess.run(command, check=False).returncode == 0


def test_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    """Is known before anything is graded."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UsageError, match="can't be written"),
        folder.opened(tmp_path / "file" / "out", ["ann"]),
    ):
        pass


def test_a_full_disk_is_a_fault_and_leaves_the_old_report(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk here."""
    with folder.opened(tmp_path, ["ann"]) as out:
        out.write(report("ann"))
        before = out.report_path("ann").read_bytes()
        code = _write_under_a_limit(out)
        assert code == 3
        assert out.report_path("ann").read_bytes() == before
        assert list((tmp_path / "reports").glob(".*")) == []


def _write_under_a_limit(out: folder.Folder) -> int:
    import resource
    import signal

    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        try:
            out.write(report("ann", 70))
        except FaultError as error:
            os._exit(3 if "File too large" in str(error) else 4)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    """Not even the folder."""
    with folder.opened(tmp_path / "out", ["ann"], writable=False) as out:
        assert out.report("ann") is None
    assert list(tmp_path.iterdir()) == []
