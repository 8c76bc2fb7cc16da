"""The wheel, installed where there is no checkout: every command does its work, or says what for.

TensorFlow and the like are those of this environment, seen through a path file; the grader itself
is the wheel's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import notebooks
from tests.conftest import PROJECT

pytestmark = [pytest.mark.wall, pytest.mark.slow, pytest.mark.wheel]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, and a folder `work` to stand in."""
    folder = tmp_path_factory.mktemp("place")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--python", str(python), str(wheel)], check=True, capture_output=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (site / "beside.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    (folder / "work").mkdir()
    return folder


@pytest.fixture(scope="module")
def run(place: Path) -> Run:
    """The installed command, far from any checkout."""

    def command(*argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        program = str(place / "venv" / "bin" / "grader")
        return subprocess.run(
            [program, *argv], cwd=place / "work", capture_output=True, text=True, check=False,
            timeout=300, env={**os.environ, "COLUMNS": "80", **env},
        )  # fmt: skip

    return command


def test_it_holds_the_grader_and_nothing_that_students_must_not_find(wheel: Path) -> None:
    """No solutions, no tests; the licence, the templates, the schema and the pinned packages."""
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = packed.read(about).decode()
    assert {name.split("/")[0] for name in names} == {"grader", about.split("/")[0]}
    inside = {"requirements.lock", "report.schema.json", "formats/templates/feedback.html"}
    assert {f"grader/{name}" for name in inside} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {"cpu", "tensorflow", "locked"} <= set(re.findall(r"Provides-Extra: (\w+)", text))
    plain = re.findall(r"^Requires-Dist: (?!.*extra ==)(\S+)", text, re.MULTILINE)
    assert not [name for name in plain if name.startswith("tensorflow")], "as the user has it"


def test_it_is_the_wheel_that_runs(run: Run, place: Path) -> None:
    """And not the checkout of whoever runs this test."""
    assert re.fullmatch(r"grader \d+\.\d+\.\d+\n", run("--version").stdout)
    python = place / "venv" / "bin" / "python"
    script = "import grader; print(grader.__file__)"
    done = subprocess.run(
        [str(python), "-c", script], cwd=place, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(place))


def test_a_notebook(run: Run, place: Path) -> None:
    """Graded, with a page; the report names what the numbers were computed with."""
    (place / "work" / "ana.ipynb").write_bytes(notebooks.honest())
    done = run("grade", "ana.ipynb", "--feedback", "page.html")
    assert done.returncode == 0, done.stderr
    report = json.loads((place / "work" / "report.json").read_bytes())
    assert report["score"] == 100
    assert re.fullmatch(r"\d+\.\d+\.\d+", report["environment"]["numpy"])
    assert report["environment"]["isolation"] in {"bubblewrap", "landlock"}
    assert "my_huber_loss" in (place / "work" / "page.html").read_text("utf-8")


def test_a_class_and_its_way_back(run: Run, place: Path) -> None:
    """From a folder of hand-ins to the table that a system takes."""
    folder = place / "work" / "class"
    folder.mkdir()
    for name in ("ana", "bo"):
        (folder / f"{name}.ipynb").write_bytes(notebooks.honest())
    done = run("batch", "class", "-o", "results", "--no-feedback")
    assert done.returncode == 0, done.stderr
    assert (place / "work" / "results" / "grades.csv").read_text().count("\n") == 3
    done = run("export", "nbgrader", "results", "--nbgrader-assignment", "losses")
    assert done.returncode == 0, done.stderr


def test_what_needs_no_notebook(run: Run, place: Path) -> None:
    """The rubric, the doctor, an autograder to upload."""
    assert "100 points in all" in run("rubric").stdout
    doctor = run("doctor")
    assert doctor.returncode == 0
    assert re.search(r"tensorflow(-cpu)? +2\.\d+", doctor.stdout)
    done = run("export", "gradescope", "-o", "autograder.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(place / "work" / "autograder.zip") as packed:
        assert "tensorflow" in packed.read("requirements.lock").decode()


NEEDS = {
    "the reference of a course": (["release"], 2, "run this in the project"),
    "its variants": (["validate"], 2, "run this in the project"),
    "a cluster": (
        ["batch", "class", "-o", "far", "--scheduler", "tcp://127.0.0.1:1"],
        3,
        "tcp://127.0.0.1:1",
    ),
    "a gradebook": (["export", "canvas", "results", "--gradebook", "none.csv"], 2, "none.csv"),
}


@pytest.mark.parametrize(("argv", "code", "said"), NEEDS.values(), ids=NEEDS.keys())
def test_what_is_missing_is_said_in_one_line(
    argv: list[str], code: int, said: str, run: Run
) -> None:
    """No traceback, and what to do."""
    done = run(*argv)
    assert done.returncode == code, done.stderr
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_without_tensorflow_it_says_what_to_install(run: Run, place: Path) -> None:
    """The judge needs none; whoever grades is told both names."""
    (site,) = (place / "venv" / "lib").glob("python*/site-packages")
    paths = site / "beside.pth"
    before = paths.read_text()
    bare = place / "bare" / "site-packages"
    bare.mkdir(parents=True)
    for path in Path(before.strip()).iterdir():
        if not re.match(r"tensorflow|keras", path.name):
            (bare / path.name).symlink_to(path)
    paths.write_text(f"{bare}\n")
    try:
        assert run("rubric").returncode == 0
        assert run("doctor").stdout.count("not installed") == 2
        done = run("grade", "ana.ipynb")
    finally:
        paths.write_text(before)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "pip install 'custom-loss-grader[cpu]'" in done.stderr


def test_a_shell_completes_its_commands(run: Run) -> None:
    """As bash asks; `grader --install-completion` writes it into the shell's settings."""
    done = run(_GRADER_COMPLETE="complete_bash", COMP_WORDS="grader gra", COMP_CWORD="1")
    assert done.stdout.split() == ["grade"]
    shown = run("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_GRADER_COMPLETE=complete_bash" in shown.stdout
