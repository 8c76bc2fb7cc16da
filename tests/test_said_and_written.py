"""What is written and what is said agree, and nothing that is only shown costs a grade."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import main
from grader.formats.feedback import page as feedback
from grader.judging.showing import pictures
from tests import notebooks

pytestmark = pytest.mark.wall

COMMAND = str(Path(sys.executable).with_name("grader"))


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook with one right answer."""
    path = tmp_path / "ann.ipynb"
    path.write_bytes(notebooks.of_cells(notebooks.IMPORTS, notebooks.HUBER))
    return path


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it; `grader` is the command."""
    return subprocess.run(
        ["bash", "-c", line.replace("grader ", f"{COMMAND} ")],
        cwd=folder, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("stdout", [">/dev/full", ">&-"])
def test_a_report_in_a_file_is_a_score_whatever_becomes_of_the_output(
    stdout: str, notebook: Path
) -> None:
    done = shell(f"grader grade ann.ipynb -o report.json {stdout}", notebook.parent)
    assert done.returncode == 0
    assert json.loads((notebook.parent / "report.json").read_bytes())["score"] == 15
    full = "grader: standard output: could not be written (No space left on device)\n"
    assert done.stderr == (full if "full" in stdout else "")


@pytest.mark.parametrize("stdout", [">/dev/full", ">&-"])
def test_a_report_that_the_output_does_not_take_is_none(stdout: str, notebook: Path) -> None:
    done = shell(f"grader grade ann.ipynb -o - --feedback page.html {stdout}", notebook.parent)
    assert done.returncode == 3
    assert done.stderr.startswith("grader: standard output")
    assert "written" in done.stderr
    assert list(notebook.parent.iterdir()) == [notebook]


@pytest.mark.slow
@pytest.mark.parametrize("streams", [">/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full"])
def test_a_batch_is_done_whatever_becomes_of_the_output(streams: str, notebook: Path) -> None:
    folder = notebook.parent / "class"
    folder.mkdir()
    notebook.rename(folder / "ann.ipynb")
    done = shell(f"grader batch class -o out --jobs 1 {streams}", notebook.parent)
    assert done.returncode == 0
    assert "internal error" not in done.stderr
    assert json.loads((notebook.parent / "out/reports/ann.json").read_bytes())["score"] == 15
    assert (notebook.parent / "out" / "grades.csv").exists()


def test_a_list_that_can_not_be_printed_is_not_there(tmp_path: Path) -> None:
    done = shell("grader rubric --format json >/dev/full", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)


def breaks(*_: object, **__: object) -> None:
    """A mistake of the grader's own."""
    raise ZeroDivisionError("drawn wrongly")


def test_a_mistake_in_drawing_costs_the_picture(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(notebook.parent)
    monkeypatch.setattr(pictures, "taken", breaks)
    assert main(["grade", "ann.ipynb", "--feedback", "page.html"]) == 0
    assert json.loads(Path("report.json").read_bytes())["score"] == 15
    assert "my_huber_loss" in Path("page.html").read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_a_mistake_in_a_page_costs_the_page(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(notebook.parent)
    monkeypatch.setattr(feedback, "page", breaks)
    assert main(["grade", "ann.ipynb", "--feedback", "page.html"]) == 0
    said = capsys.readouterr()
    assert said.err == "grader: no feedback page (ZeroDivisionError: drawn wrongly)\n"
    assert "written: report.json" in said.out
    assert "page.html" not in said.out
    assert json.loads(Path("report.json").read_bytes())["score"] == 15
    assert not Path("page.html").exists()
