"""Files made to harm whoever reads them: a report like any other, and nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.report import ExerciseStatus, Status
from grader.submission import Submission
from tests.hostile.evil_files import FILES, EvilFile
from tests.hostile.field import Field

pytestmark = [pytest.mark.hostile, pytest.mark.wall]


@pytest.mark.parametrize("evil", FILES, ids=[each.name for each in FILES])
def test_an_evil_file_gets_a_report(field: Field, evil: EvilFile) -> None:
    """Unreadable, or worth exactly the answers in it."""
    after = field.aftermath(evil.make())
    made = after.report
    assert made.status is (Status.GRADED if evil.readable else Status.UNREADABLE), made.message
    right = {each.name for each in made.exercises if each.status is ExerciseStatus.PASSED}
    assert right == evil.answers, made.notes
    assert after.wrongs == ()


def fifo(path: Path) -> None:
    """A pipe that nobody writes into: opening it waits for ever."""
    os.mkfifo(path)


def device(path: Path) -> None:
    """An endless file."""
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    """A file that waits for what a person types."""
    path.symlink_to("/dev/tty")


def circle(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path)


def folder(path: Path) -> None:
    """A folder with a notebook's name."""
    path.mkdir()


def listener(path: Path) -> None:
    """A socket."""
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(path))


ODD_PATHS = (fifo, device, terminal, circle, folder, listener)


@pytest.mark.parametrize("make", ODD_PATHS, ids=lambda make: make.__name__)
def test_what_is_no_file_is_refused_at_once(make: object, tmp_path: Path) -> None:
    """No waiting, no reading without end: one clear line, and exit 2."""
    path = tmp_path / "notebook.ipynb"
    make(path)  # type: ignore[operator]
    with pytest.raises(UsageError):
        Submission.read(path)
    done = subprocess.run(
        [sys.executable, "-m", "grader", "grade", str(path), "-o", "-"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


def test_a_file_that_changes_while_it_is_graded(tmp_path: Path) -> None:
    """It is read once: what is graded is what was hashed."""
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(b"first")
    read = Submission.read(path)
    path.write_bytes(b"second")
    assert read == Submission.of("notebook.ipynb", b"first")
