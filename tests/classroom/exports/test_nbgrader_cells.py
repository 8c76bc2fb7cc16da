"""Which graded cell of an nbgrader assignment holds which exercises."""

from __future__ import annotations

import pytest

from grader.classroom.exports.nbgrader_cells import GradedCell, Holding, holdings
from grader.errors import UsageError

WORTH = {"f": 10.0, "g": 20.0, "H": 5.0}


def cell(name: str, points: float, source: str = "") -> GradedCell:
    """A graded cell."""
    return GradedCell("nb", name, points, source)


def test_cells_called_after_their_exercises() -> None:
    """Others are somebody else's questions, and are left alone."""
    cells = [cell("f", 10), cell("essay", 3), cell("g", 20), cell("H", 5)]
    assert holdings("a", cells, WORTH, scale=False) == (
        Holding(cells[0], ("f",), 10),
        Holding(cells[2], ("g",), 20),
        Holding(cells[3], ("H",), 5),
    )


def test_cells_that_define_exercises_whatever_they_are_called() -> None:
    """Two of them in one cell."""
    cells = [
        cell("q1", 30, "def f(x):\n    ...\ndef g(x):\n    ..."),
        cell("q2", 5, "class H:\n  ..."),
    ]
    assert holdings("a", cells, WORTH, scale=False) == (
        Holding(cells[0], ("f", "g"), 30),
        Holding(cells[1], ("H",), 5),
    )


def test_one_graded_cell_holds_all() -> None:
    """Such as a last cell with the points of the whole notebook."""
    (held,) = holdings("a", [cell("tests", 35)], WORTH, scale=False)
    assert (held.exercises, held.points) == (("f", "g", "H"), 35)


REFUSED = {
    "none": ([], "no graded cell holds f"),
    "one is missing": ([cell("f", 10), cell("g", 20)], "no graded cell holds H .*name of the"),
    "defined twice": (
        [cell("a", 10, "def f(x): 1"), cell("b", 10, "def f(x): 2")], "more than one .* defines f",
    ),
    "other points": ([cell("all", 70)], r"has 70 points in nbgrader .* 35 .*--scale"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_where_there_is_no_telling(cells: list[GradedCell], words: str) -> None:
    """One line that says what to change."""
    with pytest.raises(UsageError, match=words):
        holdings("a", cells, WORTH, scale=False)


def test_other_points_are_converted_only_when_asked() -> None:
    """Never to nothing."""
    assert holdings("a", [cell("all", 70)], WORTH, scale=True)[0].points == 35
    with pytest.raises(UsageError, match="has 0 points"):
        holdings("a", [cell("all", 0)], WORTH, scale=True)
