"""`grader export canvas|moodle|nbgrader` as instructors run them: files, words, exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader import class_results
from grader.classroom.intake.handed import Handin
from grader.cli import main
from tests.classroom.exports.conftest import summary

Export = Callable[..., tuple[int, str, str]]

BOOK = """Student,ID,SIS User ID,SIS Login ID,Section,Essay (7),Custom losses (8)
    Points Possible,,,,,10,100
Lee,5,,,One,3,
Roe,6,,,One,4,
"""
SHEET = 'Identifier,"Full name",Grade\n"Participant 5","Ann Lee",\n'


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a finished batch: Ann has a score, sixty others are in no table."""
    monkeypatch.chdir(tmp_path)
    ids = {"canvas": "5", "moodle": "5"}
    ann = Handin("ann_5", name="Ann Lee", ids=ids, folder="Ann Lee_5_assignsubmission_file")
    others = [Handin(f"x{number}", ids={"canvas": f"9{number}"}) for number in range(60)]
    found = summary((ann, 87.5), *((one, 1.0) for one in others))
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "summary.json").write_bytes(class_results.encode(found))
    (tmp_path / "gradebook.csv").write_text(BOOK, encoding="utf-8")
    (tmp_path / "worksheet.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


@pytest.fixture
def export(results: Path, capsys: pytest.CaptureFixture[str]) -> Export:
    """Runs the command beside the results: the exit code, standard output, standard error."""

    def run(system: str, *options: str) -> tuple[int, str, str]:
        code = main(["export", system, "results", *options])
        return code, *capsys.readouterr()

    return run


def test_scores_are_written_and_everybody_else_is_listed(results: Path, export: Export) -> None:
    """All of them: who is not in the file has to be seen to."""
    code, out, err = export("canvas", "--gradebook", "gradebook.csv", "--column", "8")
    assert (code, out) == (0, "canvas.csv is written: 1 score\n")
    lines = (results / "canvas.csv").read_text(encoding="utf-8").splitlines()
    assert lines[2:] == ["Lee,5,,,One,87.50"]
    assert err.startswith("not in it, 60:\n")
    assert all(f"  x{number} is not in the table\n" in err for number in range(60))


def test_a_grade_that_is_there_is_listed_before_it_is_replaced(
    results: Path, export: Export
) -> None:
    """And nothing to export is no success: no file, and 1."""
    (results / "gradebook.csv").write_text(BOOK.replace("One,3,", "One,3,77"), encoding="utf-8")
    code, out, err = export("canvas", "--gradebook", "gradebook.csv", "--column", "8")
    assert (code, out) == (1, "")
    assert "  ann_5 has 77 there already, and 87.50 here; --replace writes it\n" in err
    assert err.endswith("grader: there is no score to export; nothing is written\n")
    assert not (results / "canvas.csv").exists()
    options = ("--gradebook", "gradebook.csv", "--column", "8", "--replace")
    code, out, err = export("canvas", *options)
    assert (code, out) == (0, "canvas.csv is written: 1 score\n")
    assert err.startswith("replaced, 1:\n  ann_5: 77 -> 87.50\n")


def test_feedback_alone_is_something(results: Path, export: Export) -> None:
    """Pages may go back where grades do not; with neither it is 1."""
    (results / "worksheet.csv").write_text(SHEET.replace("5", "9"), encoding="utf-8")
    options = ("--worksheet", "worksheet.csv", "--feedback", "f.zip")
    code, out, err = export("moodle", *options)
    assert (code, out) == (1, "")
    assert "ann_5 has no feedback page\n" in err
    assert err.endswith("grader: there is no feedback page to export; nothing is written\n")
    (results / "results" / "feedback").mkdir()
    (results / "results" / "feedback" / "ann_5.html").write_text("<p>", encoding="utf-8")
    code, out, _ = export("moodle", *options)
    assert (code, out) == (0, "f.zip is written: 1 feedback page\n")
    assert not (results / "moodle.csv").exists()


@pytest.mark.parametrize(
    ("system", "options"),
    [
        ("canvas", ("--gradebook", "gradebook.csv", "--column", "8", "-o", "gradebook.csv")),
        ("moodle", ("--worksheet", "worksheet.csv", "-o", "worksheet.csv")),
        ("moodle", ("--worksheet", "worksheet.csv", "--feedback", "worksheet.csv")),
        ("moodle", ("--worksheet", "worksheet.csv", "-o", "x.csv", "--feedback", "x.csv")),
        (
            "nbgrader",
            ("--nbgrader-assignment", "a", "--students", "worksheet.csv", "-o", "worksheet.csv"),
        ),
    ],
)
def test_no_file_overwrites_another_one(
    results: Path, export: Export, system: str, options: tuple[str, ...]
) -> None:
    """The gradebook holds what nobody could make again."""
    before = {path: path.read_bytes() for path in results.glob("*.csv")}
    code, _, err = export(system, *options)
    assert (code, err.count("\n")) == (2, 1)
    assert "would overwrite" in err
    assert {path: path.read_bytes() for path in results.glob("*.csv")} == before


@pytest.mark.parametrize(
    "name", ["summary.json", "grades.csv", "grades.xlsx", "class.html", "reports/x.csv", "tables/x"]
)
def test_a_batchs_own_files_are_no_place_for_an_export(
    results: Path, export: Export, name: str
) -> None:
    """The summary is what it is made of; the next batch would replace the others."""
    (results / "results" / "reports").mkdir()
    (results / "results" / "tables").mkdir()
    before = (results / "results" / "summary.json").read_bytes()
    code, _, err = export("moodle", "--worksheet", "worksheet.csv", "-o", f"results/{name}")
    assert (code, err.count("\n")) == (2, 1)
    assert "is a file of the batch in results" in err
    assert (results / "results" / "summary.json").read_bytes() == before
    code, _, err = export("moodle", "--worksheet", "worksheet.csv", "-o", "results/moodle.csv")
    assert code == 0


def test_nothing_is_written_if_not_all_can_be(results: Path, export: Export) -> None:
    """Exit code 2 says that nothing was done."""
    code, _, err = export("moodle", "--worksheet", "worksheet.csv", "--feedback", "no/f.zip")
    assert (code, err) == (2, "grader: no/f.zip: there is no folder 'no'\n")
    assert not (results / "moodle.csv").exists()


def test_the_summary_of_another_version_is_refused(results: Path, export: Export) -> None:
    """It may say the same things in other words."""
    path = results / "results" / "summary.json"
    other = msgspec.structs.replace(class_results.decode(path.read_bytes()), summary_version=7)
    path.write_bytes(class_results.encode(other))
    code, _, err = export("moodle", "--worksheet", "worksheet.csv")
    assert (code, err) == (
        2,
        "grader: results/summary.json: is no summary of a batch of this version\n",
    )


def test_without_a_finished_batch_there_is_nothing_to_export(results: Path, export: Export) -> None:
    """And a line that says how to get there."""
    (results / "results" / "summary.json").unlink()
    code, _, err = export("nbgrader", "--nbgrader-assignment", "losses")
    assert code == 2
    assert "finish a batch with `-o results` first" in err
