"""`grader batch` as instructors run it, with real sandboxes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import nbformat
import psutil
import pytest

from tests.classroom import commands, zips
from tests.waiting import PATIENCE

pytestmark = pytest.mark.wall
COMMAND = (sys.executable, "-m", "grader", "batch")
# The strongest tier that works is tried elsewhere; here every machine does the same.
OPTIONS = ("--isolation", "process", "--no-feedback")

RIGHT = """
import tensorflow as tf
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1
    return tf.where(small, error ** 2 / 2, tf.abs(error) - 0.5)
"""
WRONG = RIGHT.replace("error ** 2 / 2", "error ** 2")


def notebook(source: str) -> str:
    """A notebook of one cell."""
    cell = nbformat.v4.new_code_cell(source, id="only")
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """Six students, one of whom handed in plain text."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for number in range(6):
        source = RIGHT if number % 2 else WRONG
        text = notebook(f"{source}# {number}") if number else "no notebook"
        (folder / f"s{number}.ipynb").write_text(text, encoding="utf-8")
    return folder


def batch(submissions: Path, out: Path, *options: str) -> tuple[int, str]:
    """Run the command."""
    return commands.run(submissions, out, *OPTIONS, *options, command=COMMAND)  # the last one wins


def descendants(process: int) -> list[psutil.Process]:
    """All processes below it: pool, workers, children."""
    return psutil.Process(process).children(recursive=True)


def test_a_class(submissions: Path, tmp_path: Path) -> None:
    """Reports, table, summary and page; what was said fits."""
    out = tmp_path / "out"
    code, said = batch(submissions, out, "--feedback")
    assert code == 0, said
    text = (out / "grades.csv").read_text(encoding="utf-8")
    table = list(csv.DictReader(text.splitlines()))
    assert [(row["student"], row["status"], row["my_huber_loss"]) for row in table][:2] == [
        ("s0", "unreadable", "0"),
        ("s1", "graded", "15"),
    ]
    assert 0 < float(table[2]["score"]) < 15
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    # The tier here is the weak one, and an instructor hears of that wherever they look.
    assert "warning: weak isolation" in said
    (warning,) = summary["warnings"]
    assert "use the network" in warning
    assert "weak isolation" in (out / "class.html").read_text(encoding="utf-8")
    assert summary["statuses"] == {"graded": 5, "unreadable": 1, "not_graded": 0}
    assert summary["run"] == {"graded": 6, "reused": 0}
    assert 'href="feedback/s1.html"' in (out / "class.html").read_text(encoding="utf-8")
    assert "MyHuberLoss" in (out / "feedback" / "s1.html").read_text(encoding="utf-8")
    assert "6 hand-ins: 5 graded, 1 unreadable" in said
    code, said = batch(submissions, out, "--feedback")
    assert code == 0
    assert "6 hand-ins: 5 graded, 1 unreadable (6 as before)" in said


def test_the_page_says_of_the_hand_in_what_the_report_says(tmp_path: Path) -> None:
    """A zip that is refused is no empty file; and a late hand-in is late on both."""
    locked = zips.encrypted("hw.ipynb")
    files: dict[str, bytes | str] = {
        "ann_LATE_1_2_hw.zip": locked,
        "bob_LATE_3_4_hw.ipynb": notebook(RIGHT),
    }
    (tmp_path / "class.zip").write_bytes(zips.zipped(files))
    out = tmp_path / "out"
    code, said = batch(tmp_path / "class.zip", out, "--feedback")
    assert code == 0, said
    found = commands.results(out)
    pages = {
        student: (out / "feedback" / f"{student}.html").read_text("utf-8") for student in found
    }
    assert found["ann_1"].message == "hw.ipynb: is encrypted"
    assert "hw.ipynb: is encrypted" in pages["ann_1"]
    assert "The file is empty" not in pages["ann_1"]
    assert found["bob_3"].notes == ("Handed in: late",)
    assert "Handed in: late" in pages["bob_3"]


def test_the_work_counts_and_not_the_starter_beside_it(tmp_path: Path, project: Path) -> None:
    """Both define all six names, in whatever order they come; also in a student's own zip."""
    reference = (project / "solutions" / "custom_losses.ipynb").read_bytes()
    starter = (project / "assignment" / "custom_losses.ipynb").read_bytes()
    inside = zips.zipped({"a_starter.ipynb": starter, "hw/b_mine.ipynb": reference})
    (tmp_path / "class.zip").write_bytes(zips.zipped({"leeann_1_2_hw.zip": inside}))
    code, said = batch(tmp_path / "class.zip", tmp_path / "out")
    assert code == 0, said
    report = commands.results(tmp_path / "out")["leeann_1"]
    assert (report.score, report.submission.file) == (100, "b_mine.ipynb")
    assert report.notes[0].startswith("Handed in: 2 files")


def test_killed_anywhere_a_rerun_completes(submissions: Path, tmp_path: Path) -> None:
    """The command, then a worker with TensorFlow in it; nothing stays behind, nothing differs."""
    batch(submissions, tmp_path / "undisturbed")
    out = tmp_path / "out"
    process = commands.start(submissions, out, *OPTIONS, "--jobs", "1", command=COMMAND)
    commands.until(lambda: commands.count(out) >= 2)
    below = descendants(process.pid)
    process.kill()
    commands.finish(process)
    gone, alive = psutil.wait_procs(below, timeout=PATIENCE)
    assert (len(gone) >= 2, alive) == (True, [])
    process = commands.start(submissions, out, *OPTIONS, "--jobs", "1", command=COMMAND)
    commands.until(lambda: commands.count(out) >= 3)
    for one in descendants(process.pid):
        if "__main__.py" in " ".join(_command(one)):
            one.kill()
    code, said = commands.finish(process)
    assert code == 0, said
    assert commands.results(out) == commands.results(tmp_path / "undisturbed")


def test_interrupt(submissions: Path, tmp_path: Path) -> None:
    """Ctrl-C in a terminal reaches every process of the group; one line says how to go on."""
    out = tmp_path / "out"
    process = commands.start(submissions, out, *OPTIONS, "--jobs", "1", command=COMMAND)
    commands.until(lambda: commands.count(out) >= 1)
    below = descendants(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    code, said = commands.finish(process)
    assert code == 130, said
    assert "the same command goes on" in said
    assert "Traceback" not in said
    assert psutil.wait_procs(below, timeout=PATIENCE)[1] == []
    assert batch(submissions, out)[0] == 0
    assert commands.count(out) == 6


def test_a_regrade_is_shown_before_anything_is_written(submissions: Path, tmp_path: Path) -> None:
    """Whose score, by how much, because of which check."""
    out = tmp_path / "out"
    batch(submissions, out)
    before = commands.results(out)
    shutil.copy(submissions / "s2.ipynb", submissions / "s1.ipynb")
    code, said = batch(submissions, out, "--dry-run")
    assert "read as plain: 6 hand-ins, 6 notebooks; left out: 0 files" in said
    assert code == 0, said
    assert "s1: 15 -> 7.75 (-7.25): another file was handed in" in said
    assert "small errors cost half their square" in " ".join(said.split())
    assert "1 score of 6 would change" in said
    assert commands.results(out) == before
    code, said = batch(submissions, out, "--diff")
    assert code == 0, said
    assert "1 score of 6 would change" in said
    assert "the same command without --diff does it" in said
    assert commands.results(out) == before
    code, said = batch(submissions, out)
    assert "1 score of 6 changed" in said
    assert "(6 as before)" in said
    assert commands.results(out)["s1"].score != before["s1"].score


def test_what_a_look_found_is_told_though_its_table_can_not_be_written(
    submissions: Path, tmp_path: Path
) -> None:
    """It was graded for; and a first look says that there is nothing to compare with."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "reports").mkdir()
    (out / ".lock").touch()
    (out / "changes.csv").mkdir()
    code, said = batch(submissions, out, "--dry-run")
    assert code == 3, said
    assert "Nothing to compare with: none of 6 hand-ins has an earlier report." in said
    assert "changes.csv" in said
    assert "Traceback" not in said


def test_the_results_of_another_assignment_stay(submissions: Path, tmp_path: Path) -> None:
    """Refused in one line, and not a byte is another."""
    out = tmp_path / "out"
    (submissions / "s0.ipynb").unlink()
    for number in (3, 4, 5):
        (submissions / f"s{number}.ipynb").unlink()
    assert batch(submissions, out)[0] == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for look in ((), ("--diff",), ("--dry-run",)):
        code, said = batch(submissions, out, "--assignment", "rmse", *look)
        assert (code, said.count("\n")) == (2, 1), said
        assert "holds the reports of another assignment, custom_losses" in said
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


WRONG_USAGE = {
    "nothing there": (["gone", "-o", "out"], "no such folder or zip"),
    "no output": (["submissions"], "Missing option"),
    "no jobs": (["submissions", "-o", "out", "--jobs", "0"], "jobs"),
    "an unknown layout": (["submissions", "-o", "out", "--layout", "x"], "layout"),
    "another layout": (["submissions", "-o", "out", "--layout", "moodle"], "moodle's layout"),
    "into the submissions": (["submissions", "-o", "submissions"], "a folder of their own"),
}


@pytest.mark.parametrize(("arguments", "reason"), WRONG_USAGE.values(), ids=WRONG_USAGE.keys())
def test_wrong_usage(
    submissions: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], reason: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Exit 2 and one line, before anything starts."""
    from grader.cli import main

    monkeypatch.chdir(submissions.parent)
    assert main(["batch", *arguments]) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert said.count("\n") == 1


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
