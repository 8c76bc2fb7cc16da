"""Running a batch as a command of its own, and looking at what it left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from grader.report import Report, Timing
from tests.classroom.conftest import read_reports
from tests.waiting import happens

ROOT = Path(__file__).resolve().parents[2]
DRIVER = (sys.executable, "-m", "tests.classroom.driver")


def start(
    submissions: Path, out: Path, *options: str, command: tuple[str, ...] = DRIVER
) -> subprocess.Popen[str]:
    """Start a batch in a session of its own, as a terminal would."""
    return subprocess.Popen(
        [*command, str(submissions), *(("-o",) if command != DRIVER else ()), str(out), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str], seconds: float = 300) -> tuple[int, str]:
    """Wait for its end: the exit code, and all it said."""
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out + err


def run(
    submissions: Path, out: Path, *options: str, command: tuple[str, ...] = DRIVER
) -> tuple[int, str]:
    """Run a batch to its end."""
    return finish(start(submissions, out, *options, command=command))


def until(happened: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something to happen."""
    assert happens(happened, seconds), "it did not happen"


def is_running(process: int) -> bool:
    """Whether the process is there and no corpse."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def count(out: Path) -> int:
    """How many reports there are."""
    return len(list((out / "reports").glob("*.json")))


def results(out: Path) -> dict[str, Report]:
    """All reports, without the part that may differ."""
    return {
        student: msgspec.structs.replace(report, timing=Timing(0, 0))
        for student, report in read_reports(out).items()
    }
