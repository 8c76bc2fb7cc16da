"""The zip for Gradescope holds what grading needs, and nothing that students must not see."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from grader.assignments import loading
from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring.new import new
from grader.cli import main
from grader.formats.services import bundle as bundles
from tests import notebooks
from tests.sandbox.small_box import NoBox, box


@pytest.fixture(scope="module")
def bundle() -> zipfile.ZipFile:
    """The zip of this project."""
    return zipfile.ZipFile(io.BytesIO(bundles.build("gradescope", ASSIGNMENT)))


def test_the_scripts_stand_at_the_root_and_can_be_started(bundle: zipfile.ZipFile) -> None:
    """Gradescope looks for them there."""
    for name in ("setup.sh", "run_autograder"):
        mode = bundle.getinfo(name).external_attr >> 16
        assert mode & 0o111
        assert bundle.read(name).startswith(b"#!/usr/bin/env bash\n")


def test_the_scripts_are_valid_bash(bundle: zipfile.ZipFile, tmp_path: Path) -> None:
    """As far as bash can tell without running them."""
    bundle.extractall(tmp_path)
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", str(tmp_path / name)], check=True)


def test_all_of_the_grader_is_there(bundle: zipfile.ZipFile, project: Path) -> None:
    """Every module, every template, the schema; and no answer to an exercise."""
    kept = {"right", "mistakes", "template", "reference.ipynb", "student.ipynb"}
    packed = {name for name in bundle.namelist() if name.startswith("grader/")}
    tracked = {
        path.relative_to(project).as_posix()
        for path in (project / "grader").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and kept.isdisjoint(path.parts)
    }
    assert packed == tracked
    assert "grader/assignments/rmse/test_checks.py" in packed


def test_nothing_else_is(bundle: zipfile.ZipFile) -> None:
    """No solutions, no tests, nothing compiled."""
    tops = {name.split("/")[0] for name in bundle.namelist()}
    info = next(name for name in tops if name.endswith(".dist-info"))
    assert tops == {
        "assignment", "grader", "setup.sh", "run_autograder", "requirements.lock", info,
    }  # fmt: skip


def test_a_folder_of_ones_own_goes_along_without_its_solutions(tmp_path: Path) -> None:
    """It is what the bundle then grades."""
    new(tmp_path / "week3")
    packed = zipfile.ZipFile(
        io.BytesIO(bundles.build("gradescope", loading.load(str(tmp_path / "week3"))))
    )
    own = {name for name in packed.namelist() if name.startswith("own/")}
    assert own == {"own/week3/assignment.toml", "own/week3/test_checks.py"}
    assert packed.read("assignment") == b"own/week3\n"


def test_the_same_project_gives_the_same_bytes() -> None:
    """So that people can tell whether an upload is the newest."""
    made = bundles.build("gradescope", ASSIGNMENT)
    assert made == bundles.build("gradescope", ASSIGNMENT)


def test_every_package_that_grading_needs_is_pinned(bundle: zipfile.ZipFile) -> None:
    """Found by walking through what the installed packages themselves ask for."""
    lock = bundle.read("requirements.lock").decode()
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    todo = [("custom-loss-grader", frozenset({"cpu"}))]
    seen = set(todo)
    while todo:
        name, extras = todo.pop()
        # Here it is `tensorflow`, which needs the same.
        for line in requires(name.removesuffix("-cpu")) or ():
            need = Requirement(line)
            asked = [{"extra": extra} for extra in extras | {""}]
            if need.marker and not any(need.marker.evaluate(extra) for extra in asked):
                continue
            canonical = re.sub(r"[-_.]+", "-", need.name).lower()
            assert canonical in pinned, f"{name} needs {canonical}"
            step = (canonical, frozenset(need.extras))
            if step not in seen:
                seen.add(step)
                todo.append(step)


def test_packages_for_developers_stay_at_home(bundle: zipfile.ZipFile) -> None:
    """They would make each build of the image minutes longer."""
    lock = bundle.read("requirements.lock").decode()
    assert not re.search(r"^(mypy|ruff|hypothesis|playwright|distributed|uv)==", lock, re.MULTILINE)
    assert re.search(r"^tensorflow-cpu==.*x86_64", lock, re.MULTILINE), "0.9 GB less to install"


def test_the_command_writes_the_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so."""
    place = tmp_path / "autograder.zip"
    assert main(["export", "gradescope", "-o", str(place)]) == 0
    assert zipfile.is_zipfile(place)
    said = capsys.readouterr().out
    assert "autograder.zip is written" in said
    assert "autograder points  100" in said, "what there is to set"


def test_the_whole_project_could_stand_in_a_hidden_folder(tmp_path: Path) -> None:
    """Only folders inside the package count as hidden."""
    (tmp_path / ".cache").mkdir()
    packed = bundles.build("gradescope", ASSIGNMENT)
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / ".cache")
    script = "from grader.formats.services import bundle as g; print(len(list(g._sources())))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path / ".cache", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) == len(list(bundles._sources()))


@pytest.fixture
def machine(bundle: zipfile.ZipFile, tmp_path: Path) -> Path:
    """A folder like Gradescope's /autograder, set up; its Python is the one that runs here."""
    bundle.extractall(tmp_path / "source")
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    return tmp_path


def worth(machine: Path, points: object) -> None:
    """What Gradescope lays beside a submission, as far as it matters."""
    assignment = {"id": 1, "title": "Losses", "total_points": points}
    (machine / "submission_metadata.json").write_text(json.dumps({"assignment": assignment}))


def run_autograder(
    machine: Path, inside: tuple[str, ...] = (), **env: str
) -> subprocess.CompletedProcess[str]:
    """What Gradescope runs."""
    return subprocess.run(
        [*inside, "bash", str(machine / "source" / "run_autograder")],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "GRADER_ROOT": str(machine), "GRADER_VENV": sys.prefix, **env},
    )  # fmt: skip


def notebook(source: str) -> str:
    """A notebook with one cell."""
    return json.dumps(
        {
            "nbformat": 4, "nbformat_minor": 4, "metadata": {},
            "cells": [{"cell_type": "code", "metadata": {}, "outputs": [],
                       "execution_count": None, "source": source}],
        }
    )  # fmt: skip


HUBER = """
import tensorflow as tf
def my_huber_loss(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    return tf.where(error <= 1, error ** 2 / 2, error - 0.5)
"""


@pytest.mark.wall
def test_of_several_notebooks_the_right_one_is_graded(machine: Path) -> None:
    """The one that defines most of the names, also below a folder and with a poor name."""
    (machine / "submission" / "a notes.ipynb").write_text(notebook("x = 1"))
    (machine / "submission" / "work").mkdir()
    (machine / "submission" / "work" / "Kopie (1).ipynb").write_text(notebook(HUBER))
    done = run_autograder(machine)
    assert done.returncode == 0, done.stderr
    results = json.loads((machine / "results" / "results.json").read_bytes())
    assert results["score"] == 15
    assert "Kopie (1).ipynb" in results["output"]
    assert [test["name"] for test in results["tests"]][-1] == "your notebook"
    assert len(results["tests"]) == 7
    assert str(machine) not in json.dumps(results)
    assert "weak isolation" not in done.stderr


@pytest.mark.wall
def test_an_instructor_hears_of_weak_isolation(machine: Path) -> None:
    """In what Gradescope shows to instructors alone."""
    (machine / "submission" / "work.ipynb").write_text(notebook(HUBER))
    done = run_autograder(machine, GRADER_ISOLATION="process")
    assert done.returncode == 0, done.stderr
    assert "warning: weak isolation" in done.stderr
    assert "weak isolation" not in (machine / "results" / "results.json").read_text()


@pytest.mark.wall
def test_the_first_run_says_that_the_points_are_wrong(machine: Path) -> None:
    """With fewer than there are here no score would be right; more may be given by hand."""
    (machine / "submission" / "work.ipynb").write_text(notebook(HUBER))
    worth(machine, "10.0")
    done = run_autograder(machine)
    assert done.returncode == 3
    assert "set its autograder points to 100" in done.stderr.splitlines()[-1]
    assert not (machine / "results" / "results.json").exists()
    worth(machine, 120)
    done = run_autograder(machine)
    assert done.returncode == 0, done.stderr
    assert "warning: the assignment is worth 120 points on Gradescope, and 100 here" in done.stderr
    assert json.loads((machine / "results" / "results.json").read_bytes())["score"] == 15


@pytest.mark.wall
@pytest.mark.slow
def test_the_smallest_machine_of_gradescope_is_enough(machine: Path) -> None:
    """768 MB and half a processor, with the page; without namespaces too."""
    (machine / "submission" / "work.ipynb").write_bytes(notebooks.honest())
    worth(machine, "100.0")
    try:
        with box(768) as inside:
            done = run_autograder(machine, inside, GRADER_ISOLATION="landlock")
    except NoBox as problem:
        pytest.skip(str(problem))
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    results = json.loads((machine / "results" / "results.json").read_bytes())
    assert results["score"] == 100
    assert "srcdoc" in results["tests"][-1]["output"]


@pytest.mark.wall
def test_nothing_handed_in_is_a_zero_with_its_reason(machine: Path) -> None:
    """It is the student's to mend."""
    done = run_autograder(machine)
    assert done.returncode == 0, done.stderr
    results = json.loads((machine / "results" / "results.json").read_bytes())
    assert results["score"] == 0
    assert results["output"]


@pytest.mark.wall
def test_a_fault_leaves_no_results(machine: Path) -> None:
    """Not even those of an earlier run: Gradescope then gives no score."""
    (machine / "submission" / "x.ipynb").write_text(notebook(HUBER))
    (machine / "results" / "results.json").write_text('{"score": 100}')
    worker = machine / "source" / "grader" / "worker" / "__main__.py"
    worker.write_text("raise SystemExit(1)")
    done = run_autograder(machine)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert not (machine / "results" / "results.json").exists()
