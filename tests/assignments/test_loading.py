"""An assignment is found by its name or its folder, or refused in one line that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.assignments import loading
from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring.new import new
from grader.errors import FaultError, UsageError
from grader.judging import rubric_hash, rubric_table
from grader.kit.exercises import Kind


@pytest.fixture
def folder(own_assignment: Path) -> Path:
    """An assignment as `grader new` writes it."""
    return own_assignment


def test_those_that_come_along() -> None:
    assert loading.names() == ("custom_losses", "rmse")
    assert loading.load("custom_losses") is ASSIGNMENT
    assert loading.load("rmse").names == ("my_rmse",)


@pytest.mark.parametrize("name", loading.names())
def test_the_checks_of_each_add_up(name: str) -> None:
    """An exercise is worth what its checks are worth."""
    assignment = loading.load(name)
    rows = rubric_table(assignment)
    assert sum(row.points for row in rows) == assignment.max_score
    assert {row.exercise for row in rows} == set(assignment.names)


def test_a_folder_is_loaded_by_its_path(folder: Path) -> None:
    found = loading.load(str(folder))
    assert (found.name, found.given) == ("own", str(folder))
    assert [(each.name, each.kind, each.points) for each in found.exercises] == [
        ("absolute_error", Kind.FUNCTION, 10)
    ]
    assert found.limits.calling == 3
    assert [row.name for row in rubric_table(found)] == ["values", "by_hand", "gradient", "graph"]


def test_another_check_is_another_hash(folder: Path) -> None:
    before = rubric_hash(loading.load(str(folder)))
    moved = folder.rename(folder.with_name("moved"))
    assert rubric_hash(loading.load(str(moved))) == before
    with (moved / "test_checks.py").open("a") as stream:
        stream.write("# one more line\n")
    rubric_hash.cache_clear()
    assert rubric_hash(loading.load(str(moved))) != before


def test_two_folders_with_files_of_one_name_are_two_assignments(
    folder: Path, tmp_path: Path
) -> None:
    """Each has a `test_checks.py`, and may have other modules beside it."""
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    checks = other / "test_checks.py"
    checks.write_text(checks.read_text().replace("each error costs its size", "another title"))
    titles = [rubric_table(loading.load(str(each)))[0].title for each in (folder, other)]
    assert titles == ["each error costs its size", "another title"]


def test_a_folder_that_pytest_would_pass_over_has_its_checks(folder: Path) -> None:
    """A name as tools give it, and the file that marks a virtual environment."""
    hidden = folder.rename(folder.with_name(".build"))
    (hidden / "pyvenv.cfg").write_text("home = /usr/bin\n")
    rows = rubric_table(loading.load(str(hidden)))
    assert [row.name for row in rows] == ["values", "by_hand", "gradient", "graph"]


NO_ASSIGNMENT = {
    "no such thing": (lambda folder: folder / "gone", "is no folder, and none of the assignments"),
    "no name": (lambda _: "", "--assignment names nothing; there are custom_losses, rmse"),
    "nothing in it": (lambda folder: folder / "right", "has no assignment.toml; `grader new"),
}


@pytest.mark.parametrize(("asked", "words"), NO_ASSIGNMENT.values(), ids=NO_ASSIGNMENT)
def test_what_is_no_assignment_is_refused(folder: Path, asked: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        loading.load(str(asked(folder)))  # type: ignore[operator]


TITLE = 'title = "x"\n'
ONE = '[[exercises]]\nname = "f"\npoints = 10\n'
BAD_ABOUT = {
    "no TOML": ("title = ", "assignment.toml: "),
    "no title": (ONE, "missing required field `title`"),
    "no exercise": (TITLE + "exercises = []", "length >= 1"),
    "no points": (TITLE + '[[exercises]]\nname = "f"\n', "missing required field `points`"),
    "fewer than no points": (TITLE + '[[exercises]]\nname = "f"\npoints = -1\n', "> 0"),
    "no name": (TITLE + '[[exercises]]\nname = "my loss"\npoints = 1\n', "can be no name"),
    "a word of Python": (TITLE + '[[exercises]]\nname = "class"\npoints = 1\n', "can be no name"),
    "a name twice": (TITLE + ONE + ONE, "stands there twice"),
    "an unknown kind": (TITLE + ONE + 'kind = "notebook"\n', "Invalid enum value 'notebook'"),
    "a misspelt key": (TITLE + "titel = 1\n" + ONE, "unknown field `titel`"),
    "a function with a hyperparameter": (
        TITLE + ONE + 'hyperparameter = "t"\n',
        "f is a function, which is made with nothing",
    ),
    "a slip that costs too much": (TITLE + ONE + "[slips]\ncost = 2\n", "<= 1"),
    "no time at all": (TITLE + ONE + "[limits]\ncalling = 0\n", "> 0"),
}


@pytest.mark.parametrize(("text", "words"), BAD_ABOUT.values(), ids=BAD_ABOUT)
def test_an_assignment_toml_that_makes_no_sense_is_refused_in_one_line(
    folder: Path, text: str, words: str
) -> None:
    (folder / "assignment.toml").write_text(text)
    loading.load.cache_clear()
    with pytest.raises(UsageError, match=words) as problem:
        loading.load(str(folder))
    assert "\n" not in str(problem.value)
    assert "assignment.toml" in str(problem.value)


BROKEN_CHECKS = {
    "no Python": (
        "def test_values(attempt:",
        "test_checks.py, line 1: SyntaxError: ",
    ),
    "an import that fails": ("import nothing_of_this_name", "No module named"),
    "too few points": (
        'import pytest\n@pytest.mark.points(absolute_error=4)\ndef test_x(attempt):\n    "a"\n',
        "worth 4 points together, not 10",
    ),
    "no title": (
        "import pytest\n@pytest.mark.points(absolute_error=10)\ndef test_x(attempt):\n    pass\n",
        "test_x has no docstring",
    ),
    "points of another exercise": (
        'import pytest\n@pytest.mark.points(absolut=10)\ndef test_x(attempt):\n    "a"\n',
        "no exercise is called absolut",
    ),
    "an unknown part": (
        (
            'import pytest\n@pytest.mark.part("style")\n@pytest.mark.points(absolute_error=10)\n'
            'def test_x(attempt):\n    "a"\n'
        ),
        "there is no part 'style'",
    ),
}


@pytest.mark.parametrize(("text", "words"), BROKEN_CHECKS.values(), ids=BROKEN_CHECKS)
def test_checks_that_are_not_in_order_are_told_in_one_line(
    folder: Path, text: str, words: str
) -> None:
    (folder / "test_checks.py").write_text(text)
    with pytest.raises(FaultError, match=words) as problem:
        rubric_table(loading.load(str(folder)))
    assert "\n" not in str(problem.value)


def test_a_folder_without_checks_is_refused(folder: Path) -> None:
    (folder / "test_checks.py").unlink()
    loading.load.cache_clear()
    with pytest.raises(UsageError, match=r"has no checks; write them into test_checks\.py"):
        loading.load(str(folder))


def test_a_fixture_of_ones_own_is_what_checks_get(folder: Path) -> None:
    (folder / "fixture.py").write_text(
        "from grader.kit.tensors import TensorAttempt\n"
        "class Mine(TensorAttempt):\n    pass\n"
        "attempt_at = Mine\n"
    )
    loading.load.cache_clear()
    fixture = loading.load(str(folder)).fixture
    assert getattr(fixture, "__name__", "") == "Mine"
    (folder / "fixture.py").write_text("attempt_at = nothing\n")
    loading.load.cache_clear()
    with pytest.raises(UsageError, match="name 'nothing' is not defined"):
        loading.load(str(folder))


def test_new_writes_into_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
