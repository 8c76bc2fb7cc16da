"""One hand-in, where each service leaves it: what it finds afterwards, and what it must not."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.classroom import services
from grader.classroom.services import Service
from grader.errors import UsageError
from tests import notebooks

WRONG = "import tensorflow as tf\ndef my_huber_loss(y_true, y_pred):\n    return y_true\n"


def autograder(root: Path, *argv: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What the scripts of an export run."""
    return subprocess.run(
        [sys.executable, "-m", "grader", "autograder", str(root), *argv],
        capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **env},
    )  # fmt: skip


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder like Coursera's /shared, with a notebook that has one exercise wrong."""
    (tmp_path / "submission").mkdir()
    wrong = notebooks.honest(my_huber_loss=WRONG)
    (tmp_path / "submission" / "learner.ipynb").write_bytes(wrong)
    (tmp_path / "parts.json").write_text('{"aB3": "my_huber_loss", "x_1": "MyHuberLoss"}')
    return tmp_path


@pytest.mark.wall
def test_coursera_asks_part_by_part(shared: Path) -> None:
    """A fraction of that exercise alone, and a page beside it; old results don't stay."""
    parts = ["--service", "coursera", "--parts", str(shared / "parts.json")]
    done = autograder(shared, *parts, partId="x_1")
    assert done.returncode == 0, done.stderr
    feedback = json.loads((shared / "feedback.json").read_bytes())
    assert (feedback["fractionalScore"], feedback["feedbackType"]) == (1.0, "HTML")
    page = (shared / "htmlFeedback.html").read_text("utf-8")
    assert "20 of 20" in page
    done = autograder(shared, *parts, partId="aB3")
    assert done.returncode == 0, done.stderr
    feedback = json.loads((shared / "feedback.json").read_bytes())
    assert feedback["fractionalScore"] < 0.2
    assert "MyHuberLoss" not in feedback["feedback"]
    assert " six exercises" not in feedback["feedback"], "only one of them is asked for"
    done = autograder(shared, *parts, partId="unknown")
    assert done.returncode == 2
    assert "part 'unknown'" in done.stderr
    assert not (shared / "feedback.json").exists(), "no score at all, and no old one"
    assert not (shared / "htmlFeedback.html").exists()


@pytest.mark.wall
def test_prairielearn(tmp_path: Path) -> None:
    """The folder for results is not there before; the file is small enough."""
    (tmp_path / "student").mkdir()
    wrong = notebooks.honest(my_huber_loss=WRONG)
    (tmp_path / "student" / "work.ipynb").write_bytes(wrong)
    done = autograder(tmp_path, "--service", "prairielearn")
    assert done.returncode == 0, done.stderr
    data = (tmp_path / "results" / "results.json").read_bytes()
    assert len(data) < 1_000_000
    results = json.loads(data)
    assert 0.85 <= results["score"] < 0.9
    assert results["tests"][0]["points"] < 3
    assert results["tests"][0]["message"] + results["tests"][0]["output"]


@pytest.mark.wall
def test_a_push_to_github(tmp_path: Path) -> None:
    """Summary, annotations, artifacts, and what a later step may read; twice the same."""
    repository = tmp_path / "repository"
    (repository / "work").mkdir(parents=True)
    (repository / "work" / "losses.py").write_text(WRONG)
    summary, output = tmp_path / "summary.md", tmp_path / "output.txt"
    variables = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    done = autograder(repository, "--service", "github", **variables)
    assert done.returncode == 0, done.stderr
    report = json.loads((repository / "grading" / "report.json").read_bytes())
    assert summary.read_text("utf-8").startswith("## losses\\.py: ")
    assert "::warning file=work/losses.py,line=" in done.stdout
    assert "my_huber_loss" in (repository / "grading" / "feedback.html").read_text("utf-8")
    said = dict(line.split("=", 1) for line in output.read_text().splitlines())
    assert float(said["score"]) == report["score"]
    assert json.loads(base64.b64decode(said["result"]))["max_score"] == 100
    (repository / "grading" / "old.ipynb").write_bytes(notebooks.honest())
    assert autograder(repository, "--service", "github").returncode == 0
    again = json.loads((repository / "grading" / "report.json").read_bytes())
    assert {**again, "timing": None} == {**report, "timing": None}


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """And made up by nobody."""
    with pytest.raises(UsageError, match="no such folder"):
        services.station(Service.COURSERA, tmp_path / "shared", {})
