"""Which statements a name needs.

The notebooks stand in tests/data/slicing, a file per topic: cells, what `f()` must give
after the slice ran, and text that must not be part of what is executed. To add a case,
write it there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.worker.cells import finding_of, run, survey_of

CASES = Path(__file__).resolve().parents[2] / "data" / "slicing"


def _cases() -> Sequence[object]:
    """A parameter set for each `=== name` of each file."""
    cases = []
    for path in sorted(CASES.glob("*.txt")):
        for case in re.split(r"^=== ", path.read_text(), flags=re.MULTILINE)[1:]:
            name, _, body = case.partition("\n")
            cells, _, outcome = body.partition("\n--- f() is\n")
            value, _, left_out = outcome.partition("\n--- not executed\n")
            cells_of = cells.split("\n--- cell\n")
            expected = ast.literal_eval(value.strip())
            cases.append(
                pytest.param(cells_of, expected, left_out.strip(), id=f"{path.stem}: {name}")
            )
    return cases


@pytest.mark.parametrize(("cells", "value", "left_out"), _cases())
def test_a_slice_gives_what_the_whole_notebook_would(
    cells: list[str], value: object, left_out: str
) -> None:
    """The value of `f()` is right, and what it does not need is not executed."""
    ran = run(*cells)
    assert ran["f"]() == value
    if left_out:
        assert left_out in "\n".join(cells)
        assert left_out not in ran.text


class TestFindings:
    """What is said of a name."""

    def test_cells_and_place(self) -> None:
        """The cells that are used, and the line of the last definition."""
        found = finding_of("import math", "x = 1", "# about f\n@math.sqrt\ndef f(): pass", "y = 2")
        assert (found.state, found.cells) == ("found", (1, 3))
        assert found.spot is not None
        assert (found.spot.cell, found.spot.line) == (3, 3)

    def test_only_the_last_of_two_plain_definitions_is_used(self) -> None:
        """An earlier one is dead, and so is what it needs."""
        found = finding_of("T = train()", "def f(): return T", "def f(): return 2")
        assert found.cells == (3,)

    def test_slices_of_two_names_join(self) -> None:
        """Together they need what either needs, once, in the order of the notebook."""
        ran = run("a = []", "def g(): return a", "a.append(1)\ndef f(): return a", names=("f", "g"))
        assert ran["f"]() is ran["g"]()
        assert ran.text.count("append") == 1

    def test_nothing_is_executed_by_a_survey(self) -> None:
        """Reading a notebook for names only reads."""
        found = survey_of("import sys\nsys.exit()\n", "raise SystemExit", "def f(): pass")
        assert found.findings[0].state == "found"


class TestNotes:
    """What the author should know, whatever was found."""

    @pytest.mark.parametrize(
        ("cells", "note"),
        [
            pytest.param(
                ["def f(): 1", "", "def f(): 2"],
                "`f` is defined 2 times, in cells 1 and 3; the last one, in cell 3, counts.",
                id="defined twice",
            ),
            pytest.param(
                ["def f(): pass", "x = (1"],
                "Cell 2 is not valid Python and was left out: line 1: '(' was never closed.",
                id="a cell that is not Python",
            ),
            pytest.param(
                ["def f(): pass", "def f(: pass"],
                "Cell 2 seems to define `f` again, but is not valid Python; "
                "the definition in cell 1 counts.",
                id="a broken definition after a right one",
            ),
            pytest.param(
                ["def f(): pass", "def outer():\n  def f()\n    return 1"],
                "Cell 2 is not valid Python and was left out: line 2: expected ':'.",
                id="a broken function with one of that name inside",
            ),
            pytest.param(
                ["import utils_\ndef f(): utils_"],
                "Cell 1 imports `utils_`, which is not there when grading.",
                id="a missing module that is needed",
            ),
            pytest.param(
                ["def f(): pass\nif 1:\n    yield 2"],
                "A statement of cell 1 is not valid Python and was left out: "
                "line 3: 'yield' outside function.",
                id="a statement that does not compile",
            ),
        ],
    )
    def test_says(self, cells: list[str], note: str) -> None:
        """Each note is a whole sentence with its cell."""
        assert note in survey_of(*cells).notes

    def test_no_code(self) -> None:
        """Someone handed in the wrong file."""
        assert survey_of().notes == ("The notebook has no code cells.",)

    @pytest.mark.parametrize(
        "cells",
        [
            pytest.param(["def f(): pass", "f = print(f)"], id="rebound by itself"),
            pytest.param(["if 1:\n    def f(): 1\nelse:\n    def f(): 2"], id="two branches"),
            pytest.param(["import utils_", "def f(): pass"], id="a missing module nobody needs"),
            pytest.param(["try:\n    import utils_\nexcept ImportError:\n    T = 1\ndef f(): T"],
                         id="a missing module that is caught"),
            pytest.param(["pip install tensorflow", "def f(): pass"], id="a magic without a %"),
        ],
    )  # fmt: skip
    def test_is_silent(self, cells: list[str]) -> None:
        """What works in a notebook is not worth a note."""
        assert survey_of(*cells).notes == ()

    def test_many_notes_are_cut(self) -> None:
        """Nobody reads a hundred."""
        notes = survey_of(*["x = ("] * 100).notes
        assert len(notes) == 51
        assert notes[-1] == "There are 50 more notes of this kind."
