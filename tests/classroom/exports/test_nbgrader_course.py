"""A real nbgrader course, from `generate_assignment` to the page that a student fetches."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import (
    CONTRASTIVE,
    CONTRASTIVE_CLASS,
    CONTRASTIVE_WRAPPER,
    HUBER,
    HUBER_CLASS,
    HUBER_WRAPPER,
    IMPORTS,
)

pytestmark = [pytest.mark.nbgrader, pytest.mark.wall, pytest.mark.slow]

ANSWERS = {
    "my_huber_loss": (HUBER, 15),
    "my_huber_loss_with_threshold": (HUBER_WRAPPER, 20),
    "MyHuberLoss": (HUBER_CLASS, 20),
    "contrastive_loss": (CONTRASTIVE, 15),
    "contrastive_loss_with_margin": (CONTRASTIVE_WRAPPER, 15),
    "ContrastiveLoss": (CONTRASTIVE_CLASS, 15),
}
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "c101"
c.Exchange.root = "{exchange}"
"""


def command(name: str, *argv: str, cwd: Path, code: int = 0, **env: str) -> str:
    """A command as a shell starts it, and all that it says."""
    programs = Path(sys.executable).parent  # nbgrader starts alembic by its name alone
    done = subprocess.run(
        [str(programs / name), *argv],
        capture_output=True, text=True, check=False, timeout=600, cwd=cwd,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", **env},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def code(name: str, text: str, **metadata: object) -> dict[str, Any]:
    """A code cell."""
    return {"cell_type": "code", "id": name.lower()[:20], "metadata": metadata, "source": text,
            "outputs": [], "execution_count": None}  # fmt: skip


def source() -> str:
    """The instructor's notebook: each exercise is one graded cell of its own name."""
    cells = [code("imports", IMPORTS)]
    for name, (answer, points) in ANSWERS.items():
        marks = {"grade": True, "solution": True, "locked": False, "task": False,
                 "grade_id": name, "points": points, "schema_version": 3}  # fmt: skip
        text = f"### BEGIN SOLUTION\n{answer}### END SOLUTION\n"
        cells.append(code(name, text, nbgrader=marks))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel},
                       "cells": cells})  # fmt: skip


def answered(released: Path, *wrong: str) -> str:
    """What a student made of the released notebook; `wrong` are left out."""
    notebook = json.loads(released.read_bytes())
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in ANSWERS and name not in wrong:
            cell["source"] = ANSWERS[name][0]
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment was released, done by two, collected and graded."""
    root = tmp_path_factory.mktemp("course")
    exchange = root / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    config = CONFIG.format(exchange=exchange)
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    (root / "source" / "losses").mkdir(parents=True)
    (root / "source" / "losses" / "losses.ipynb").write_text(source(), encoding="utf-8")
    command("nbgrader", "generate_assignment", "losses", cwd=root)
    command("nbgrader", "release_assignment", "losses", cwd=root)
    for student, wrong in (("ann", ()), ("bob", ("MyHuberLoss",))):
        home = root / "homes" / student
        home.mkdir(parents=True)
        (home / "nbgrader_config.py").write_text(config, encoding="utf-8")
        command("nbgrader", "fetch_assignment", "losses", cwd=home)
        notebook = home / "losses" / "losses.ipynb"
        notebook.write_text(answered(notebook, *wrong), encoding="utf-8")
        command("nbgrader", "submit", "losses", f"--student={student}", cwd=home)
    command("nbgrader", "collect", "losses", cwd=root)
    command("grader", "batch", "submitted", "-o", "results", cwd=root)
    return root


def grades(course: Path) -> dict[str, tuple[str, str]]:
    """What nbgrader itself says of everybody: the score, and the time of handing in."""
    command("nbgrader", "export", cwd=course)
    with (course / "grades.csv").open(newline="", encoding="utf-8") as stream:
        return {
            row["student_id"]: (row["score"], row["timestamp"]) for row in csv.DictReader(stream)
        }


def export(course: Path, *options: str, code: int = 0) -> str:
    """`grader export nbgrader` into the course."""
    return command("grader", "export", "nbgrader", "results", "--nbgrader-assignment", "losses",
                   "--course", ".", *options, cwd=course, code=code)  # fmt: skip


def test_from_generate_assignment_to_the_students_page(course: Path) -> None:
    """Scores in the gradebook, and the page where `fetch_feedback` puts it."""
    assert ".: losses is graded: 2 scores\n" in export(course)
    found = grades(course)
    assert {student: float(score) for student, (score, _) in found.items()} == {
        "ann": 100, "bob": 80,
    }  # fmt: skip
    assert all(time for _, time in found.values())
    command("nbgrader", "release_feedback", "losses", cwd=course)
    for student in ("ann", "bob"):
        secret = (course / "submitted" / student / "losses" / "submission_secret.txt").read_text()
        home = course / "homes" / student
        # The exchange keeps what was submitted under the name of who is logged in.
        command("nbgrader", "fetch_feedback", "losses", cwd=home, JUPYTER_DATA_DIR=str(home))
        page = course / "results" / "feedback" / f"{student}.html"
        released = list((course / "exchange" / "c101" / "feedback").glob("*.html"))
        assert secret
        assert page.read_bytes() in [one.read_bytes() for one in released]


def test_what_nbgrader_makes_of_the_comments(course: Path) -> None:
    """`generate_feedback` finds the hand-in, its points, and what was found, as plain text."""
    export(course, "--replace")
    shutil.rmtree(course / "feedback")
    command("nbgrader", "generate_feedback", "losses", cwd=course)
    page = (course / "feedback" / "bob" / "losses" / "losses.html").read_text(encoding="utf-8")
    assert "80.0 / 100.0" in page
    assert "0 of 20" in page
    assert "No cell of the notebook defines `MyHuberLoss`." in page


def test_a_grade_of_a_person_stays_unless_it_may_be_replaced(course: Path) -> None:
    """Graded by hand in the form grader; exporting again changes nothing else."""
    export(course, "--replace")
    by_hand = (
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db', 'c101') as book:\n"
        "    grade = book.find_grade('MyHuberLoss', 'losses', 'losses', 'bob')\n"
        "    grade.manual_score = 7\n"
        "    book.db.commit()\n"
    )
    command("python", "-c", by_hand, cwd=course)
    said = export(course)
    assert "1 score\n" in said
    assert "bob has 87 there already, and 80.00 here; --replace writes it" in said
    assert float(grades(course)["bob"][0]) == 87
    assert "bob: 87 -> 80.00" in export(course, "--replace")
    assert float(grades(course)["bob"][0]) == 80


def test_an_assignment_that_is_not_there(course: Path) -> None:
    """One line that says what to do, and nothing is written."""
    said = command("grader", "export", "nbgrader", "results", "--nbgrader-assignment", "ps9",
                   "--course", ".", cwd=course, code=2)  # fmt: skip
    assert "has no assignment 'ps9' (there is: losses)" in said
    empty = course / "empty"
    empty.mkdir()
    said = command("grader", "export", "nbgrader", "results", "--nbgrader-assignment", "ps9",
                   "--course", "empty", cwd=course, code=2)  # fmt: skip
    assert "run `nbgrader generate_assignment` in the course first" in said
    assert list(empty.iterdir()) == []
