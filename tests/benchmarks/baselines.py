"""nbgrader and otter-grader on the same notebooks, as instructors run them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import nbformat
from nbformat.v4 import nbbase

from tests.benchmarks.course import Handed
from tests.benchmarks.environment import Environment
from tests.benchmarks.equal_checks import HELPERS, HiddenCell

_ASSIGNMENT = "losses"


class Baseline(Protocol):
    """A grader that is compared with."""

    @property
    def name(self) -> str:
        """What it is called in a table."""

    def prepare(self, handed: Sequence[Handed], folder: Path) -> None:
        """Put notebooks and tests where it wants them; not part of what is measured."""

    def grade(self, folder: Path) -> None:
        """Grade all of them, one after the other."""

    def scores(self, folder: Path) -> dict[str, float]:
        """What it gave to each student."""


def stubs(cells: Sequence[HiddenCell]) -> tuple[nbformat.NotebookNode, ...]:
    """The test cells as students see them: nbgrader fills in what is hidden."""
    return tuple(_test_cell(cell, f"# hidden tests: {cell.name}") for cell in cells)


@dataclass(frozen=True)
class Nbgrader:
    """`nbgrader autograde`, on a course of one assignment."""

    environment: Environment
    cells: Sequence[HiddenCell]
    name: str = "nbgrader autograde"

    def prepare(self, handed: Sequence[Handed], folder: Path) -> None:
        """The instructor's version, the released one, and what was handed in."""
        source = folder / "source" / _ASSIGNMENT
        source.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            f"c.CourseDirectory.root = {str(folder)!r}\n"
            "c.Execute.timeout = 1200\n",  # half a minute is its default: less than a training
            encoding="utf-8",
        )
        hidden = [_test_cell(cell, f"{_HIDE}\n{_tests(cell)}\n{_SHOW}") for cell in self.cells]
        reference = next(one for one in handed if one.right)
        (source / "hw.ipynb").write_bytes(reference.notebook(tuple(hidden)))
        self.environment.run("nbgrader", "generate_assignment", _ASSIGNMENT, "--force", cwd=folder)
        for one in handed:
            place = folder / "submitted" / one.student / _ASSIGNMENT
            place.mkdir(parents=True)
            (place / "hw.ipynb").write_bytes(one.notebook(stubs(self.cells)))

    def grade(self, folder: Path) -> None:
        """One command for all."""
        self.environment.run("nbgrader", "autograde", _ASSIGNMENT, "--force", cwd=folder)

    def scores(self, folder: Path) -> dict[str, float]:
        """Out of its gradebook."""
        self.environment.run("nbgrader", "export", "--to", "grades.csv", cwd=folder)
        with (folder / "grades.csv").open(encoding="utf-8", newline="") as table:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(table)}


@dataclass(frozen=True)
class Otter:
    """`otter run`, a command for each notebook."""

    environment: Environment
    cells: Sequence[HiddenCell]
    name: str = "otter run"

    def prepare(self, handed: Sequence[Handed], folder: Path) -> None:
        """The autograder's zip, and what was handed in."""
        tests = folder / "tests"
        tests.mkdir(parents=True)
        for exercise in dict.fromkeys(cell.exercise for cell in self.cells):
            mine = [cell for cell in self.cells if cell.exercise == exercise]
            cases = "\n".join(
                f"@test_case(points={cell.points}, hidden=True)\n"
                f"def test_{cell.part}({exercise}):\n    {cell.code}\n"
                for cell in mine
            )
            (tests / f"{exercise}.py").write_text(
                f"{HELPERS}\nfrom otter.test_files import test_case\n\nOK_FORMAT = False\n"
                f"name = {exercise!r}\n\n{cases}",
                encoding="utf-8",
            )
        command = ["generate", "-t", "tests", "-o", "autograder.zip"]
        alone = ["--no-config", "--no-requirements", "--no-environment"]
        self.environment.run("otter", *command, *alone, cwd=folder)
        for one in handed:
            place = folder / "handed" / one.student
            place.mkdir(parents=True)
            (place / "hw.ipynb").write_bytes(one.notebook())

    def grade(self, folder: Path) -> None:
        """A command for each."""
        for place in sorted((folder / "handed").iterdir()):
            notebook = str(place / "hw.ipynb")
            run = ["run", notebook, "-a", "autograder.zip", "-o", str(place), "--no-logo"]
            self.environment.run("otter", *run, cwd=folder)

    def scores(self, folder: Path) -> dict[str, float]:
        """Out of the files it leaves."""
        found = {}
        for place in (folder / "handed").iterdir():
            results = json.loads((place / "results.json").read_text(encoding="utf-8"))
            found[place.name] = float(sum(test.get("score", 0) for test in results["tests"]))
        return found


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


_HIDE, _SHOW = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def _tests(cell: HiddenCell) -> str:
    return f"{HELPERS}\n{cell.code}"


def _test_cell(cell: HiddenCell, source: str) -> nbformat.NotebookNode:
    what = {"grade": True, "solution": False, "locked": True, "task": False, "schema_version": 3}
    marks = {**what, "grade_id": cell.name, "points": cell.points, "cell_type": "code"}
    return nbbase.new_code_cell(source, id=f"t-{cell.name}"[:64], metadata={"nbgrader": marks})
