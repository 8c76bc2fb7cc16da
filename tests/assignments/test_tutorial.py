"""docs/own_assignment.md, carried out from the first step to the last."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from grader.assignments import loading
from grader.cli import main
from tests.conftest import PROJECT

STEP = re.compile(
    r"<!-- (?P<what>run|file|cell)(?:: (?P<where>\S+))? -->\n"
    r"(?:```\w+\n(?P<text>.*?)```|    (?P<command>[^\n]+))",
    re.DOTALL,
)


def steps() -> list[tuple[str, str, str]]:
    """What is to be done, to which file, and with which text or command."""
    page = (PROJECT / "docs" / "own_assignment.md").read_text(encoding="utf-8")
    return [
        (each["what"], each["where"] or "", each["text"] or each["command"])
        for each in STEP.finditer(page)
    ]


@pytest.mark.wall
@pytest.mark.slow
def test_ten_steps_from_nothing_to_a_graded_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = steps()
    assert len(done) == 10
    folder = tmp_path / "softsign"
    for what, where, text in done:
        if what == "file":
            (folder / where).write_text(text)
        elif what == "cell":
            _write_cell(folder / "reference.ipynb", where, text)
        else:
            if "submissions" in text:
                _hand_in(folder, tmp_path / "submissions")
            loading.load.cache_clear()
            assert main(shlex.split(text)[1:]) == 0, text
            if "release" in text:
                _self_checked((folder / "student.ipynb").read_text())
    table = (tmp_path / "results" / "grades.csv").read_text()
    rows = list(csv.DictReader(table.splitlines()))
    assert [(row["student"], row["score"]) for row in rows] == [("ann", "10"), ("bob", "0")]


def _self_checked(notebook: str) -> None:
    """The public check is in the notebook, and those that are not public are not."""
    assert "3 becomes three quarters, with its sign" in notebook
    assert "selfcheck.check(globals())" in notebook
    assert "Try a negative number by hand" not in notebook
    assert "it is x divided by one plus its size" not in notebook


def _write_cell(path: Path, name: str, text: str) -> None:
    notebook = json.loads(path.read_text())
    (cell,) = [each for each in notebook["cells"] if each["id"] == name]
    cell["source"] = text
    path.write_text(json.dumps(notebook))


def _hand_in(folder: Path, submissions: Path) -> None:
    submissions.mkdir()
    shutil.copy(folder / "reference.ipynb", submissions / "ann.ipynb")
    shutil.copy(folder / "student.ipynb", submissions / "bob.ipynb")
