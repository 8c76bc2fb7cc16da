"""The notebooks run for real, as on a student's computer."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import re
import shutil
import symtable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

from grader.assignments.custom_losses.exercises import EXERCISES

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


def failures(cells: dict[str, nbformat.NotebookNode]) -> dict[str, str]:
    """The cells that stopped with an error, and what it said."""
    return {
        name: f"{output.ename}: {output.evalue}"
        for name, cell in cells.items()
        for output in cell.outputs
        if output.output_type == "error"
    }


def numbers(cell: nbformat.NotebookNode) -> list[tuple[float, float]]:
    """What each line of a training says: the prediction at 10, and the loss."""
    found = re.findall(r"(-?\d+\.\d+) at x = 10, and a loss of (-?\d+\.\d+)", printed(cell))
    return [(float(at_10), float(loss)) for at_10, loss in found]


# What the text promises of a right loss.
PROMISED = {
    "huber-function-fit": (20.59, 11.78),
    "huber-wrapper-fit": (21.30, 14.04),
    "huber-class-fit": (18.19, 6.08),
}


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
    assert cells["setup"].outputs == []
    assert re.findall(r"\d+\.\d", printed(cells["three-ways"])) == ["5.0", "5.0", "10.0"]
    (clean, _), (bent, _) = numbers(cells["squared-error"])
    assert clean == pytest.approx(19, abs=0.2)
    assert bent > 80
    for name, promised in PROMISED.items():
        assert numbers(cells[name])[-1] == pytest.approx(promised, abs=0.02)
    for cell in ("contrastive-function-fit", "contrastive-wrapper-fit", "contrastive-class-fit"):
        [percent] = re.findall(r"(\d+)%", printed(cells[cell]))
        assert int(percent) >= 95
    assert sum(map(pictures, cells.values())) >= 11


def test_the_text_promises_what_the_trainings_reach(project: Path) -> None:
    """The numbers stand in the text before each training."""
    notebook = nbformat.read(project / "assignment/custom_losses.ipynb", 4)
    texts = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for pair in PROMISED.values():
        assert all(f"**{number:.2f}**" in texts for number in pair)


def test_the_starter_goes_on_past_what_is_not_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone in its folder and without a screen: no cell fails, and each says what is to be written.

    The self-check comes with it.
    """
    monkeypatch.setenv("MPLBACKEND", "Agg")
    shutil.copy(project / "assignment/custom_losses.ipynb", tmp_path)
    cells = run(tmp_path / "custom_losses.ipynb")
    brought = (tmp_path / "selfcheck.py").read_text(encoding="utf-8")
    assert brought == (project / "assignment/selfcheck.py").read_text(encoding="utf-8")
    assert cells["setup"].outputs == []
    for name, cell in cells.items():
        if name.endswith(("-plot", "-fit")):
            assert "is not written yet, so there is nothing to see here." in printed(cell)
            assert pictures(cell) == 0
    checks = [printed(cell) for name, cell in cells.items() if name.endswith("-check")]
    for spec, text in zip(EXERCISES, checks, strict=True):
        assert text.startswith(spec.name)
        assert "is not written yet: replace this line" in text


WRONG = ("not_halved", "no_offset", "no_abs", "branches_swapped")


@pytest.mark.parametrize("answer", WRONG)
def test_a_training_tells_a_right_loss_from_a_wrong_one(project: Path, answer: str) -> None:
    """Its two numbers are others than those that the text promises."""
    answers = importlib.import_module("tests.assignment.answers")
    notebook = nbformat.read(project / "assignment/custom_losses.ipynb", 4)
    [source] = [cell.source for cell in notebook.cells if cell.id == "points"]
    names: dict[str, Any] = {"np": np, "tf": answers.tf}
    exec(source, names)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        model = names["train_line"](getattr(answers, answer), names["ys_with_slips"])
        names["say_line"](answer, model, names["ys_with_slips"])
    [found] = numbers(nbformat.v4.new_code_cell(outputs=[stream(said.getvalue())]))
    assert found != pytest.approx(PROMISED["huber-function-fit"], abs=0.1)


def stream(text: str) -> nbformat.NotebookNode:
    """An output of a cell."""
    return nbformat.v4.new_output("stream", name="stdout", text=text)


GLOBALS = {"threshold", "margin", "y_true", "y_pred", "delta", "d", "m", "error", "errors", "loss"}


def test_no_plot_leaves_a_name_behind_that_a_loss_could_pick_up(project: Path) -> None:
    """A `threshold` of a loop over three of them would make a wrong wrapper look right."""
    for name in ("assignment", "solutions"):
        notebook = nbformat.read(project / name / "custom_losses.ipynb", 4)
        source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        bound = symtable.symtable(source, "notebook", "exec").get_identifiers()
        left = {
            one for one in bound if symtable.symtable(source, "n", "exec").lookup(one).is_assigned()
        }
        assert left & GLOBALS == set()


def test_every_axis_has_a_name(project: Path) -> None:
    """Each function that shows a picture with axes names both, or takes them away."""
    notebook = nbformat.read(project / "solutions/custom_losses.ipynb", 4)
    shown = 0
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.id == "selfcheck-import":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            body = ast.unparse(node) if isinstance(node, ast.FunctionDef) else ""
            if "plt.show()" in body:
                shown += 1
                named = "plt.xlabel(" in body and "plt.ylabel(" in body
                assert named or "ax.axis('off')" in body, node.name  # type: ignore[attr-defined]
    assert shown >= 6
