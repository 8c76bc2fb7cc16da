"""What the README shows is what the commands do."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.assignments.custom_losses import ASSIGNMENT, oracle
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.assignments.custom_losses.slips import SLIPS
from grader.authoring import slips, variants
from grader.authoring.mutation.numpy_loss import NumpyLoss, failing
from grader.cli import main
from grader.errors import FaultError
from grader.judging import rubric_table
from grader.kit import parts as rubric_parts
from grader.kit.exercises import Kind
from grader.kit.interface import Floats
from tests.authoring.next_steps import load

REPORT = re.compile(r"<!-- report: [^\n]* -->\n```text\n(.*?)```\n", re.DOTALL)
# These differ from machine to machine and from run to run.
VARIES = [(r"\d+\.\d+ s\b", "X s"), (r"isolation: \w+", "isolation: X"),
          (r"(grader|Python|TensorFlow|Keras) [\d.]+", r"\1 X")]  # fmt: skip


def comparable(text: str) -> str:
    """The text without what may vary."""
    for pattern, replacement in VARIES:
        text = re.sub(pattern, replacement, text)
    return text


@pytest.mark.wall
def test_the_report_in_the_readme_is_a_real_one(project: Path, tmp_path: Path) -> None:
    """Word for word. `python -m tests.test_readme` writes it again."""
    shown = REPORT.search((project / "README.md").read_text("utf-8"))
    assert shown is not None
    assert comparable(shown[1]) == comparable(report(project, tmp_path))


def report(project: Path, folder: Path) -> str:
    """What the command prints for the example."""
    (folder / "example.ipynb").write_bytes((project / "docs" / "example.ipynb").read_bytes())
    return subprocess.run(
        [sys.executable, "-m", "grader", "grade", "example.ipynb"],
        capture_output=True, text=True, check=True, cwd=folder, timeout=300,
        env={**os.environ, "COLUMNS": "80"},
    ).stdout  # fmt: skip


PARTS = re.compile(r"<!-- parts: [^\n]* -->\n(.*?)\n\n", re.DOTALL)
ASKS = {
    "formula": "each half of it, both signs or labels, every edge, off any grid",
    "hyperparameter": "whether the threshold or margin that was given is in force",
    "making": "whether each loss has its own, exactly as it was given",
    "keras": "whether Keras can call the class",
    "use": "gradients, graphs, a small training",
    "form": "reduction, shapes, types, a factor, the keyword",
    "whole": "nothing is left to mend, from the first call to the last",
}


def parts() -> str:
    """The table of parts, by what the checks of each kind of exercise are worth."""
    lines = [
        "| part | function | wrapper | class | what it asks |",
        "| --- | --- | --- | --- | --- |",
    ]
    for part in rubric_parts.PARTS:
        shares = []
        for kind in Kind:
            worth = [
                sum(
                    row.points
                    for row in rubric_table(ASSIGNMENT)
                    if (row.exercise, row.part) == pair
                )
                / spec.points
                for spec in EXERCISES
                if spec.kind is kind
                for pair in [(spec.name, part)]
            ]
            low, high = (f"{100 * share:.0f}" for share in (min(worth), max(worth)))
            shares.append(
                "" if high == "0" else f"{low} %" if low == high else f"{low} to {high} %"
            )
        row = f"| {part} | {' | '.join(shares)} | {ASKS[part]} |"
        lines.append(re.sub(r" {2,}", " ", row))
    return "\n".join(lines)


def test_the_shares_of_the_parts_are_those_of_the_rubric(project: Path) -> None:
    """`python -m tests.test_readme` writes them again."""
    shown = PARTS.search((project / "docs" / "points.md").read_text("utf-8"))
    assert shown is not None
    assert shown[1] == parts()


def test_the_page_on_points_counts_what_there_is(project: Path) -> None:
    known = variants.load(ASSIGNMENT, project)
    mistakes = [each for each in known if not each.right]
    told = slips.read(project / "solutions" / "slips.toml", known)
    page = (project / "docs" / "points.md").read_text("utf-8")
    assert f"| right answers, written in different ways | {len(known) - len(mistakes)} |" in page
    assert f"| known mistakes | {len(mistakes)} |" in page
    assert f"readings of all {len(mistakes)} known mistakes" in page
    assert f"one slip from right (`solutions/slips.toml`) | {len(told)} |" in page
    assert f"Of {len(load(project / 'tests' / 'data' / 'next_steps'))} mistakes" in page
    costs = [round(100 * each) for each in (SLIPS.cost, *SLIPS.by_kind.values())]
    assert f"costs {min(costs)} to {max(costs)} % of the exercise" in page


def test_every_command_of_the_readme_exists(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the options that are shown."""
    text = (project / "README.md").read_text("utf-8")
    shown = re.findall(r"^(?:\| `|    )(?:\.venv/bin/)?grader ([^`|\n]*)", text, re.MULTILINE)
    assert len(shown) >= 8
    for line in shown:
        words = line.split()
        command = [word for word in words[:2] if re.fullmatch(r"[a-z]+", word)]
        assert main([*command, "--help"]) == 0, line
        help_text = capsys.readouterr().out
        for option in re.findall(r"(?<!\S)--?[a-z]+", line):
            assert option in help_text, line


def test_every_make_target_of_the_documents_exists(project: Path) -> None:
    """In the README and in CONTRIBUTING."""
    targets = set(re.findall(r"^([a-z]+):", (project / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        text = (project / name).read_text("utf-8")
        used = set(re.findall(r"(?:`|^ *)make ([a-z]+)", text, re.MULTILINE))
        assert used, name
        assert used <= targets, name


def test_every_file_the_readme_names_is_there(project: Path) -> None:
    """Links and paths in code marks."""
    text = (project / "README.md").read_text("utf-8")
    named = set(re.findall(r"\]\(([^)#:]+)\)", text))
    named |= {path for path in re.findall(r"`([\w./-]+)`", text) if "/" in path}
    # What a command writes stands in nobody's checkout.
    named -= {"path/to/notebook.ipynb", "tables/", "evidence/", "feedback/", "reports/"}
    assert len(named) >= 6
    for name in named:
        assert (project / name).exists(), name


CHECK = re.compile(r"<!-- check: [^\n]* -->\n```python\n(.*?)```\n", re.DOTALL)
IMPORTS = """
import numpy as np
import pytest
from grader.assignments.custom_losses.formulas import errors
from grader.kit.elementwise.attempt import ElementwiseAttempt
"""


def test_the_check_in_the_docs_is_one(project: Path, tmp_path: Path) -> None:
    """Added, it is passed by what is right; and of one mistake no more than one check fails."""
    shown = CHECK.search((project / "docs" / "points.md").read_text("utf-8"))
    assert shown is not None
    checks = tmp_path / "checks"
    shutil.copytree(ASSIGNMENT.checks, checks)
    (checks / "test_more.py").write_text(IMPORTS + shown[1])
    with pytest.raises(FaultError, match="my_huber_loss are worth 16 points together, not 15"):
        rubric_table(dataclasses.replace(ASSIGNMENT, checks=checks))
    first, *others = ASSIGNMENT.exercises
    exercises = (dataclasses.replace(first, points=16), *others)
    more = dataclasses.replace(ASSIGNMENT, checks=checks, exercises=exercises)
    assert "tiny_errors" in {row.name for row in rubric_table(more)}
    assert failing(more, "my_huber_loss", NumpyLoss(oracle.huber)) == set()

    def halved(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
        small = np.abs(y_true - y_pred) <= threshold
        right = oracle.huber(y_true, y_pred, threshold)
        return np.where(small, right / 2, right)

    assert failing(more, "my_huber_loss", NumpyLoss(halved)) == {"small_errors"}


if __name__ == "__main__":
    import tempfile

    from tests.conftest import PROJECT

    with tempfile.TemporaryDirectory() as folder:
        fresh = report(PROJECT, Path(folder))
    readme = PROJECT / "README.md"
    old = readme.read_text("utf-8")
    found = REPORT.search(old)
    if found is None:
        sys.exit("README.md: the report's place was not found")
    new = old[: found.start(1)] + fresh + old[found.end(1) :]
    readme.write_text(new, "utf-8")
    points = PROJECT / "docs" / "points.md"
    text = points.read_text("utf-8")
    table = PARTS.search(text)
    if table is None:
        sys.exit("points.md: the place of the parts was not found")
    points.write_text(text[: table.start(1)] + parts() + text[table.end(1) :], "utf-8")
