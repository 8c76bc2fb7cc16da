"""What the benchmarks measure with is itself right: else their figures are worth nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nbformat
import numpy as np
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from tests.benchmarks import __main__ as command
from tests.benchmarks import (
    baselines,
    beside,
    course,
    environment,
    equal_checks,
    mixture,
    today,
    wrong_answers,
)
from tests.benchmarks.beside import Work
from tests.benchmarks.equal_checks import HiddenCell
from tests.benchmarks.measuring import PROJECT, Cost
from tests.benchmarks.watching import Look, Run


@pytest.fixture(scope="module")
def cells() -> tuple[HiddenCell, ...]:
    """The rubric as hidden test cells."""
    return equal_checks.cells()


@pytest.mark.wall
def test_the_hidden_cells_are_worth_what_the_exercises_are(cells: tuple[HiddenCell, ...]) -> None:
    """Three to each, and all of them Python."""
    for name in ASSIGNMENT.names:
        mine = [cell for cell in cells if cell.exercise == name]
        assert [cell.part for cell in mine] == ["values", "in_use", "training"]
        assert sum(cell.points for cell in mine) == pytest.approx(BY_NAME[name].points)
    for cell in cells:
        compile(f"{equal_checks.HELPERS}\n{cell.code}", cell.name, "exec", dont_inherit=True)


@pytest.mark.wall
def test_the_hidden_cells_tell_right_from_wrong(cells: tuple[HiddenCell, ...]) -> None:
    """A right loss passes all three of its cells, one without the half none of them."""
    import tensorflow as tf

    def my_huber_loss(y_true: object, y_pred: object, half: float = 0.5) -> object:
        error = tf.abs(y_true - y_pred)  # type: ignore[operator]
        return tf.where(error <= 1, half * error**2, error - 0.5)

    for half, passed in ((0.5, ["values", "in_use", "training"]), (1.0, [])):
        found = []
        for cell in (one for one in cells if one.exercise == "my_huber_loss"):
            space: dict[str, object] = {}
            exec(compile(equal_checks.HELPERS, "helpers", "exec", dont_inherit=True), space)
            space["my_huber_loss"] = lambda t, p, h=half: my_huber_loss(t, p, h)
            try:
                exec(cell.code, space)
            except AssertionError:
                continue
            found.append(cell.part)
        assert found == passed


@pytest.mark.slow
@pytest.mark.parametrize("make", [course.definitions_alone, course.with_trainings])
def test_ten_notebooks_of_which_two_are_wrong(make: object) -> None:
    """Every one defines the six names, and is a notebook that others read too."""
    handed = make()  # type: ignore[operator]
    assert len(handed) == course.COUNT
    assert sum(one.right for one in handed) == course.COUNT - 2
    hidden = baselines.stubs([HiddenCell(name, "values", 1, "") for name in ASSIGNMENT.names])
    for one in handed:
        book = nbformat.reads(one.notebook(hidden).decode(), as_version=4)
        nbformat.validate(book)
        text = "\n".join(one.cells)
        assert all(f"def {name}(" in text or f"class {name}(" in text or f"{name} = " in text
                   for name in ASSIGNMENT.names)  # fmt: skip
    assert len({one.cells for one in handed}) == course.COUNT


@pytest.mark.slow
def test_a_course_notebook_trains() -> None:
    """Two trainings of 500 epochs, a Siamese network, two plots."""
    text = "\n".join(course.with_trainings()[0].cells)
    assert text.count("epochs=500") == 2
    assert text.count("epochs=20") == 1
    assert text.count("plt.show()") == 2


def test_a_class_is_the_same_each_time_and_no_two_alike(tmp_path: Path) -> None:
    """A part of it is the beginning of the whole."""
    mixture.write(tmp_path / "all", 60)
    mixture.write(tmp_path / "part", 20)
    whole = {path.name: path.read_bytes() for path in (tmp_path / "all").iterdir()}
    part = {path.name: path.read_bytes() for path in (tmp_path / "part").iterdir()}
    assert len(set(whole.values())) == 60
    assert part.items() <= whole.items()
    notebooks = [json.loads(data) for data in whole.values() if data.startswith(b"{")]
    assert 40 < len(notebooks) < 60


def test_six_wrong_answers_are_the_same_each_time(tmp_path: Path) -> None:
    """Each notebook has a known mistake for each of the six names."""
    notebooks = wrong_answers.wrong()
    assert notebooks == wrong_answers.wrong()
    assert len(set(notebooks)) == wrong_answers.DRAWN
    for data in notebooks:
        text = "\n".join(cell["source"] for cell in json.loads(data)["cells"])
        assert text.count("import tensorflow") >= len(ASSIGNMENT.names) - 2


def test_the_span_that_is_measured_begins_warm_and_ends_before_the_last() -> None:
    """Neither the start nor the last one, for which the others have no work left, is in it."""
    looks = tuple(Look(float(at), at, float(np.sqrt(at)), (), ()) for at in range(1, 31))
    run = Run(31.0, looks)
    assert (run.after(20).done, run.last().done) == (20, 28)
    assert run.a_minute(20) == 60
    assert Run(9.0, looks, (5.0, 6.0, 8.0)).further() == 1.5


@pytest.mark.slow
def test_without_the_others_nothing_is_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line says why."""
    monkeypatch.setattr(environment, "HOME", tmp_path)
    monkeypatch.setattr(environment, "_THEIRS", ("a-grader-that-nobody-wrote==1.0",))
    monkeypatch.setenv("UV_OFFLINE", "1")
    said = today.definitions()
    assert said.startswith("nbgrader and otter-grader can't be had here, so nothing is compared: ")
    assert len(said.splitlines()) == 1
    assert "a-grader-that-nobody-wrote" in said
    assert not list(tmp_path.glob("env-*"))


def test_a_class_of_right_answers_has_all_six(tmp_path: Path) -> None:
    """No name is missing, and no file is anything else."""
    mixture.write(tmp_path / "right", 8, right=True)
    for path in (tmp_path / "right").iterdir():
        text = "\n".join(cell["source"] for cell in json.loads(path.read_bytes())["cells"])
        assert all(name in text for name in ASSIGNMENT.names)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One with two commits, in place of this one: `speed` holds 4, and 3 since."""
    root = tmp_path / "repository"
    root.mkdir()
    for seconds in ("4", "3"):
        (root / "speed").write_text(seconds)
        for words in (
            ["init", "--quiet"],
            ["add", "speed"],
            ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", seconds],
        ):
            subprocess.run(["git", "-C", str(root), *words], check=True)
    monkeypatch.setattr(beside, "PROJECT", root)
    return root


def test_another_commit_is_compared_in_turn(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tree does the work by its own files, and the ratio is of neighbours."""
    order = []

    def cost(tree: Path) -> Cost:
        seconds = float((tree / "speed").read_text())
        order.append(seconds)
        return Cost(seconds * 10, seconds)

    monkeypatch.setattr(beside, "works", lambda _scratch, _count: {"it": Work("it", cost)})
    told = beside.tables("HEAD~1", ["it"], pairs=3)
    assert order == [4, 3, 3, 4, 4, 3]
    assert told.splitlines()[-1] == "| it | 3.00 | 4.00 | 0.75 | 30.00 | 40.00 | 0.75 |"
    assert not list(repository.glob(".git/worktrees/*"))


@pytest.mark.usefixtures("repository")
def test_a_commit_that_is_not_there() -> None:
    """Said, before anything is measured."""
    with pytest.raises(beside.NoSuchCommitError, match="nowhere: there is no such commit"):
        beside.tables("nowhere")


def test_both_trees_are_asked_by_what_this_one_has_too(tmp_path: Path) -> None:
    """Of ten thousand reports ten will do here; what they cost depends on the machine."""
    seconds = beside.published(PROJECT, 10)
    assert seconds.cpu > 0
    assert seconds.wall > 0
    assert list(beside.works(tmp_path, 1)) == list(beside.NAMES)


def test_a_table_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and the names of those that are."""
    monkeypatch.setattr("sys.argv", ["benchmarks", "speed"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert "definitions" in capsys.readouterr().err
