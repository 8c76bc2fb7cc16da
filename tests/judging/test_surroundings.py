"""What stands around the judge has no say in a grade: pytest's variables, plugins, files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.errors import FaultError, WorkerLost
from grader.judging import rubric_run
from grader.kit.attempt import Attempt
from grader.kit.interface import CheckFailed
from grader.report import CheckStatus

NAMES = tuple(spec.name for spec in EXERCISES)

# As people have them in their shells for tests of their own.
FOR_PYTEST = {
    "PYTEST_ADDOPTS": "-x -k small --collect-only --maxfail=1 -n 2 --no-such-option",
    "PYTEST_PLUGINS": "no_such_plugin",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "",
    "PYTEST_DEBUG": "1",
    "PYTEST_THEME": "no such theme",
}


def statuses() -> list[tuple[str, str, CheckStatus]]:
    """How each check of a run went in which all of them fail."""
    return [
        (outcome.row.exercise, outcome.row.name, outcome.status)
        for outcome in rubric_run.run(ASSIGNMENT, NAMES, Failing)
    ]


class Failing(Attempt):
    """An attempt that can't be asked anything."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattribute__(self, name: str) -> object:
        raise CheckFailed("nothing can be asked here")


@pytest.mark.parametrize("variable", FOR_PYTEST)
def test_variables_for_pytest_are_not_heard(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check is made and has its outcome; the variable is there again afterwards."""
    expected = statuses()
    monkeypatch.setenv(variable, FOR_PYTEST[variable])
    assert statuses() == expected
    assert len(expected) == len(rubric_run.table(ASSIGNMENT))
    assert os.environ[variable] == FOR_PYTEST[variable]


def test_files_for_pytest_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a configuration in the current folder nor a conftest.py above it."""
    expected = statuses()
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -x\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('read')\n")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert statuses() == expected


def test_installed_plugins_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is installed beside the grader would skip every check."""
    expected = statuses()
    (tmp_path / "meddling.py").write_text(
        "def pytest_collection_modifyitems(items):\n    items.clear()\n"
    )
    installed = tmp_path / "meddling-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: meddling\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text("[pytest11]\nmeddling = meddling\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert statuses() == expected


def test_a_check_without_an_outcome_is_the_graders_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever kept pytest from making it, a zero is no answer to that."""
    monkeypatch.setattr(rubric_run, "_OPTIONS", (*rubric_run._OPTIONS, "--maxfail=1"))
    with pytest.raises(FaultError, match="was never made"):
        statuses()


def test_trouble_of_the_machine_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is lost in the middle of a check makes no check a broken one."""

    def lost(self: Failing, name: str) -> object:
        raise WorkerLost("this machine ran out of memory")

    monkeypatch.setattr(Failing, "__getattribute__", lost)
    with pytest.raises(WorkerLost, match=r"^this machine ran out of memory$"):
        statuses()
