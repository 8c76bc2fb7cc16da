"""The notebooks run for real, as on a student's computer."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

from grader.rubric.exercises import EXERCISES

pytestmark = pytest.mark.slow


def run(path: Path, *, allow_errors: bool = False) -> dict[str, nbformat.NotebookNode]:
    """Run the notebook in its own folder, and return its code cells by their ids."""
    notebook = nbformat.read(path, 4)
    runner = ExecutePreprocessor(timeout=300, kernel_name="python3", allow_errors=allow_errors)
    runner.preprocess(notebook, {"metadata": {"path": str(path.parent)}})
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}


def printed(cell: nbformat.NotebookNode) -> str:
    """What the cell wrote to standard output."""
    return "".join(
        output.text
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )


def pictures(cell: nbformat.NotebookNode) -> int:
    """How many pictures the cell shows."""
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


def test_the_reference_runs_and_learns(project: Path, tmp_path: Path) -> None:
    """Each self-check agrees, each training reaches what the text promises."""
    shutil.copy(project / "solutions/custom_losses.ipynb", tmp_path)
    shutil.copy(project / "assignment/selfcheck.py", tmp_path)
    cells = run(tmp_path / "custom_losses.ipynb")
    checks = [printed(cell) for cell in cells.values() if cell.source.startswith("check(")]
    assert len(checks) == len(EXERCISES)
    for spec, text in zip(EXERCISES, checks, strict=True):
        assert text.startswith(f"{spec.name}\n")
        assert text.endswith("All of this looks right.\n")

    def numbers(cell: str) -> list[float]:
        return [float(x) for x in re.findall(r"(\d+\.\d+) at x = 10", printed(cells[cell]))]

    clean, bent = numbers("squared-error")
    assert clean == pytest.approx(19, abs=0.2)
    assert bent > 50
    assert numbers("huber-function-fit") == [pytest.approx(19, abs=0.4)]
    assert numbers("huber-wrapper-fit") == [pytest.approx(19, abs=0.4)]
    assert numbers("huber-class-fit") == [bent, pytest.approx(19, abs=0.6)]
    for cell in ("contrastive-function-fit", "contrastive-wrapper-fit", "contrastive-class-fit"):
        [percent] = re.findall(r"(\d+)%", printed(cells[cell]))
        assert int(percent) >= 95
    assert sum(map(pictures, cells.values())) >= 11


def test_the_starter_fails_kindly(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without self-check and without a screen: each cell that fails names the exercise to write.

    A cell that failed for another reason would send a student looking in the wrong place.
    """
    monkeypatch.setenv("MPLBACKEND", "Agg")
    shutil.copy(project / "assignment/custom_losses.ipynb", tmp_path)
    cells = run(tmp_path / "custom_losses.ipynb", allow_errors=True)
    failed = {}
    for name, cell in cells.items():
        for output in cell.outputs:
            if output.output_type == "error":
                assert output.ename == "NotImplementedError"
                assert "is not written yet: replace this line" in output.evalue
                failed[name] = output.evalue
    for spec in EXERCISES:
        assert any(spec.name in message for message in failed.values())
    assert all(name.endswith(("-plot", "-fit")) for name in failed)
    for name, cell in cells.items():
        if name.endswith("-check"):
            assert "put selfcheck.py beside the notebook" in printed(cell)
