"""The hash of the grader's code: the same for the same code, another for any that may grade."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.judging.fingerprint import PACKAGE, code_hash, counted, fingerprint


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The grader's code somewhere else, with other times and compiled files."""
    return copied(tmp_path / "elsewhere")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `copy`, for those who leave it as it was."""
    return copied(tmp_path_factory.mktemp("elsewhere"))


def copied(folder: Path) -> Path:
    """A copy in this folder."""
    place = folder / "grader"
    shutil.copytree(PACKAGE, place, ignore=shutil.ignore_patterns("__pycache__"))
    for path in place.rglob("*"):
        os.utime(path, (0, 0))
    return place


@contextmanager
def another_line(path: Path) -> Iterator[None]:
    """The file with a comment more, as long as this lasts."""
    before = path.read_bytes()
    path.write_bytes(before + b"# another line\n")
    try:
        yield
    finally:
        path.write_bytes(before)


def test_the_same_code_has_the_same_hash_wherever_it_lies(copy: Path) -> None:
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "report.cpython-311.pyc").write_bytes(b"compiled")
    (copy / ".report.py.swp").write_bytes(b"an editor's")
    assert fingerprint(copy) == fingerprint(PACKAGE)
    assert code_hash() == code_hash() != fingerprint(PACKAGE, ("numpy 1.0",))


def test_line_ends_make_no_difference(copy: Path) -> None:
    """Git writes others on other systems."""
    for path in copy.rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(copy) == fingerprint(PACKAGE)


@pytest.mark.parametrize(
    "name",
    [
        "judging/verdicts.py", "judging/grading.py", "sandbox/launch.py",
        "sandbox/resources/limits.py", "worker/answering/calling.py", "report.py",
        "kit/interface.py", "worker/answering/training.py", "worker/reading/slicing.py",
        "__init__.py",
        "assignments/custom_losses/oracle.py", "assignments/custom_losses/checks/test_huber.py",
        "judging/reasons/causes/lines.py", "classroom/batch/pool_task.py",
        "classroom/intake/candidates.py",
    ],
)  # fmt: skip
def test_a_change_of_what_grades_changes_it(elsewhere: Path, name: str) -> None:
    with another_line(elsewhere / name):
        assert fingerprint(elsewhere) != fingerprint(PACKAGE)


def test_a_module_more_or_less_changes_it(copy: Path) -> None:
    (copy / "room_of_tomorrow").mkdir()
    (copy / "room_of_tomorrow" / "check.py").write_text("")
    more = fingerprint(copy)
    assert more != fingerprint(PACKAGE)
    (copy / "room_of_tomorrow" / "check.py").rename(copy / "room_of_tomorrow" / "other.py")
    assert fingerprint(copy) != more


@pytest.mark.parametrize(
    "name", ["formats/feedback/page.py", "cli/run.py", "authoring/notebooks/release.py"]
)
def test_a_change_of_what_only_shows_does_not(elsewhere: Path, name: str) -> None:
    """A class need not be graded again for another colour."""
    with another_line(elsewhere / name):
        assert fingerprint(elsewhere) == fingerprint(PACKAGE)


def test_what_judges_uses_nothing_that_only_shows() -> None:
    """Else a grade could come from code that is not in the hash."""
    rooms = ("assignments", "judging", "kit", "sandbox", "worker", "report.py", "errors.py")
    judging = [name for name in counted(PACKAGE) if name.startswith(rooms)]
    assert len(judging) > 50
    shown = {
        (name, module)
        for name in judging
        if name.endswith(".py")
        for module in _imports(PACKAGE / name)
        if module.split(".")[:2] in (["grader", "cli"], ["grader", "formats"],
                                     ["grader", "authoring"])
    }  # fmt: skip
    assert shown == set()


@pytest.mark.slow
def test_an_installed_wheel_has_the_hash_of_its_checkout(project: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    assert fingerprint(tmp_path / "installed" / "grader") == fingerprint(PACKAGE)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
