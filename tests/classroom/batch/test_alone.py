"""Where processes can't work side by side, a class is graded by one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.batch import folder, pools, runner
from grader.classroom.batch.ledger import Options
from grader.classroom.intake import download
from tests.classroom import fakes
from tests.classroom.conftest import Watcher, read_reports


def no_lock(*_: object) -> None:
    """What a system without /dev/shm answers."""
    raise FileNotFoundError(2, "No such file or directory")


def test_a_system_without_shared_memory(
    hand_in: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults are tried again, and the others get their score."""
    monkeypatch.setattr(multiprocessing.get_context("spawn"), "Lock", no_lock)
    hand_in(ann="score 100", bob="fault", cem="score 20")
    watcher = Watcher()
    with download.opened(tmp_path / "submissions") as found:
        students = [handin.student for handin in found.handins]
        with (
            folder.opened(tmp_path / "out", students) as out,
            pools.started(2, None) as pool,
        ):
            assert isinstance(pool, pools.HerePool)
            outcome = runner.run(found, out, fakes.Make(), pool, watcher, Options(feedback=False))
    assert outcome.not_graded == ("bob",)
    reports = read_reports(tmp_path / "out")
    assert {name: report.score for name, report in reports.items()} == {
        "ann": 100, "bob": None, "cem": 20,
    }  # fmt: skip
