"""The real commands on real notebooks: what lands in which stream, which file, which code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest

from tests.waiting import PATIENCE, happens

pytestmark = pytest.mark.wall

NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Losses"},
        {
            "cell_type": "code", "id": "b", "metadata": {}, "outputs": [],
            "execution_count": None,
            "source": [
                "import tensorflow as tf\n",
                "def my_huber_loss(y_true, y_pred):\n",
                "    error = tf.abs(y_true - y_pred)\n",
                "    return tf.where(error <= 1, error ** 2 / 2, eror - 0.5)\n",
            ],
        },
    ],
}  # fmt: skip


def grader(*argv: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("grader")), *argv],
        capture_output=True, text=True, check=False, timeout=300, cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **env},
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one notebook, in which a name is misspelled."""
    folder = tmp_path_factory.mktemp("submission")
    (folder / "zoë.ipynb").write_text(json.dumps(NOTEBOOK))
    return folder


@pytest.fixture(scope="module")
def graded(folder: Path) -> subprocess.CompletedProcess[str]:
    """That notebook, graded without any option."""
    return grader("grade", "zoë.ipynb", cwd=folder)


@pytest.fixture(scope="module")
def report(folder: Path, graded: subprocess.CompletedProcess[str]) -> Any:
    """The report that it wrote."""
    assert graded.returncode == 0, graded.stderr
    return json.loads((folder / "report.json").read_bytes())


def test_the_report_is_in_the_current_folder_and_fits_the_schema(
    report: Any, project: Path
) -> None:
    """By default under the name `report.json`."""
    schema = json.loads((project / "grader" / "report.schema.json").read_bytes())
    jsonschema.validate(report, schema)
    assert report["submission"]["file"] == "zoë.ipynb"
    assert report["student"] is None


def test_people_read_the_result_on_standard_output(
    graded: subprocess.CompletedProcess[str], report: Any
) -> None:
    """Score, exercise, the cell and line of the mistake, and where the report is."""
    # A misspelt name is one slip in the one exercise that is there.
    assert 7.5 < report["score"] < 11
    assert re.match(r"zoë\.ipynb  9(\.\d+)? of 100 points\n", graded.stdout)
    assert "cell 2, line 4" in graded.stdout
    assert "eror" in graded.stdout
    assert graded.stdout.rstrip().endswith("written: report.json")
    assert max(map(len, graded.stdout.splitlines())) <= 80
    assert report["environment"]["isolation"] in graded.stdout


def test_two_runs_differ_in_timing_alone_and_a_dash_is_standard_output(
    folder: Path, report: Any
) -> None:
    """Nothing but the report is there; people's text is on standard error."""
    done = grader("grade", "zoë.ipynb", "-o", "-", cwd=folder)
    assert done.returncode == 0
    again = json.loads(done.stdout)
    assert {**again, "timing": None} == {**report, "timing": None}
    assert " of 100 points" in done.stderr
    assert "written:" not in done.stderr


@pytest.mark.parametrize(
    ("form", "name", "key"),
    [("gradescope", "results.json", "score"), ("coursera", "feedback.json", "fractionalScore")],
)
def test_other_systems_formats_have_their_own_names(
    folder: Path, form: str, name: str, key: str
) -> None:
    """The names that these systems look for."""
    done = grader("grade", "zoë.ipynb", "--format", form, "--student", "zoë", cwd=folder)
    assert done.returncode == 0, done.stderr
    whole = 1 if key == "fractionalScore" else 100
    assert 0.075 < json.loads((folder / name).read_bytes())[key] / whole < 0.11
    assert "(zoë)" in done.stdout


def test_evidence_only_if_asked_for(folder: Path, report: Any) -> None:
    """Inputs and expected numbers are the instructor's."""
    assert "evidence" not in json.dumps(report)
    wrong = json.loads(json.dumps(NOTEBOOK).replace("eror - 0.5", "error"))
    (folder / "wrong.ipynb").write_text(json.dumps(wrong))
    done = grader("grade", "wrong.ipynb", "-o", "-", "--evidence", cwd=folder)
    exercise = json.loads(done.stdout)["exercises"][0]
    lost = {check["name"]: check for check in exercise["checks"] if check["status"] == "failed"}
    assert lost["large_errors"]["evidence"]["lines"]
    assert exercise["status"] == "partial"


def test_a_page_for_the_student_beside_the_report(folder: Path) -> None:
    """Both are named at the end."""
    done = grader("grade", "zoë.ipynb", "-o", "r.json", "--feedback", "page.html", cwd=folder)
    assert done.returncode == 0, done.stderr
    page = (folder / "page.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "my_huber_loss" in page
    assert done.stdout.splitlines()[-2:] == ["written: r.json", "written: page.html"]


UNREADABLE = {"empty": b"", "cut off": b'{"cells": [', "a page": b"<!DOCTYPE html><html></html>"}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_notebook_is_graded(tmp_path: Path, data: bytes) -> None:
    """Zero points, one clear line, and exit code 0."""
    (tmp_path / "x.ipynb").write_bytes(data)
    done = grader("grade", "x.ipynb", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert (report["status"], report["score"]) == ("unreadable", 0)
    assert report["message"]
    assert "0 of 100 points (unreadable)" in done.stdout


NO_SUBMISSION = {"nothing": "none.ipynb", "a folder": ".", "a device": os.devnull}


@pytest.mark.parametrize("name", NO_SUBMISSION.values(), ids=NO_SUBMISSION.keys())
def test_a_path_to_no_file_is_wrong_usage(tmp_path: Path, name: str) -> None:
    """One line, and no report."""
    done = grader("grade", name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_notebook_is_never_overwritten(folder: Path) -> None:
    """`-o` names the report, and somebody will name the notebook."""
    before = (folder / "zoë.ipynb").read_bytes()
    done = grader("grade", "zoë.ipynb", "-o", "./zoë.ipynb", cwd=folder)
    assert done.returncode == 2
    assert (folder / "zoë.ipynb").read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whoever_is_stopped_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    """No report, no worker that goes on; Ctrl-C says a word, and has the shell's usual code."""
    endless = json.dumps(NOTEBOOK).replace("    return", "    while True: pass  #")
    (tmp_path / "x.ipynb").write_text(endless)
    command = [str(Path(sys.executable).with_name("grader")), "grade", "x.ipynb"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        workers = _at_work(running.pid)
        running.send_signal(number)
        _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == (130 if number == signal.SIGINT else -number)
    assert err == ("grader: interrupted\n" if number == signal.SIGINT else "")
    _, alive = psutil.wait_procs(workers, timeout=PATIENCE)
    assert not alive
    assert [path.name for path in tmp_path.iterdir()] == ["x.ipynb"]


def _at_work(pid: int) -> list[psutil.Process]:
    """The processes below this one, once student code is looping in one of them."""

    def looping() -> bool:
        return any(map(_is_a_busy_child, psutil.Process(pid).children(recursive=True)))

    assert happens(looping), "nothing was started"
    return psutil.Process(pid).children(recursive=True)


def _is_a_busy_child(process: psutil.Process) -> bool:
    """Whether it was forked by a worker, whose command it shares, and has used the CPU."""
    try:
        parent = process.parent()
        command = process.cmdline()
        forked = (
            parent is not None and "__main__.py" in str(command) and (command == parent.cmdline())
        )
        return forked and process.cpu_times().user > 0.5
    except psutil.NoSuchProcess:
        return False


def test_a_fault_of_the_grader_is_no_score(folder: Path, tmp_path: Path) -> None:
    """Isolation that can't be had: exit code 3, what to do, and no report."""
    done = grader(
        "grade", str(folder / "zoë.ipynb"), "--isolation", "bubblewrap", cwd=tmp_path, PATH="/none"
    )
    assert done.returncode == 3
    assert "bubblewrap" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_rubric_adds_up_to_what_was_promised() -> None:
    """As a table and as JSON."""
    table = grader("rubric", cwd=Path("/"))
    assert table.returncode == 0
    assert "100 points in all" in table.stdout
    rows = json.loads(grader("rubric", "--format", "json", cwd=Path("/")).stdout)
    assert sum(row["points"] for row in rows) == 100


def test_the_doctor_finds_a_tier_that_works() -> None:
    """At least one, or nothing could be graded here."""
    done = grader("doctor", cwd=Path("/"))
    assert done.returncode == 0
    assert ": works" in done.stdout


def test_the_judge_imports_neither_tensorflow_nor_a_notebook_library(folder: Path) -> None:
    """It starts in a moment, and no student's byte is parsed in it."""
    script = (
        "import sys; from grader.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'tensorflow', 'keras', 'nbconvert', 'nbformat', 'matplotlib', 'IPython'};"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "grade", "zoë.ipynb", "-o", "report2.json"],
        capture_output=True, text=True, check=False, cwd=folder, timeout=300,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "0 []"
