"""What a student reads whose name was not found."""

from __future__ import annotations

import json
import time

import pytest

from grader.worker.reading import slicing
from grader.worker.reading.documents.notebook import read
from tests.worker.cells import finding_of, survey_of

NAME = "my_huber_loss"

# Each case: the cells, state, cell of the place, and the whole hint.
HINTS = [
    pytest.param(
        ["x = 1"], "missing", None, "No cell of the notebook defines `my_huber_loss`.",
        id="nowhere"),
    pytest.param(
        ["def my_hubber_loss(a, b): pass"], "missing", 1,
        "No cell defines `my_huber_loss`, but cell 1 defines `my_hubber_loss`. "
        "If that is it, call it `my_huber_loss`.",
        id="misspelled"),
    pytest.param(
        ["", "def My_Huber_Loss(a, b): pass"], "missing", 2,
        "No cell defines `my_huber_loss`, but cell 2 defines `My_Huber_Loss`. "
        "If that is it, call it `my_huber_loss`.",
        id="other case"),
    pytest.param(
        ["def my_huber_loss(a, b): pass", "del my_huber_loss"], "missing", 2,
        "`my_huber_loss` is deleted in cell 2, line 1. Leave the `del` out.",
        id="deleted"),
    pytest.param(
        ["def outer():\n    def my_huber_loss(a, b): pass"], "missing", 1,
        "`my_huber_loss` is defined in cell 1, line 2, but inside the function `outer`. "
        "Move it out, to the left margin.",
        id="inside a function"),
    pytest.param(
        ["def outer(t):\n    if t:\n        def my_huber_loss(a, b)\n            return 1"],
        "missing", None, "No cell of the notebook defines `my_huber_loss`.",
        id="inside a function that is not Python"),
    pytest.param(
        ["class Loss:\n    x = 1\n    def my_huber_loss(self): pass"], "missing", 1,
        "`my_huber_loss` is defined in cell 1, line 3, but inside the class `Loss`. "
        "Move it out, to the left margin.",
        id="inside a class"),
    pytest.param(
        ["%%writefile losses.py\ndef my_huber_loss(a, b): pass"], "missing", 1,
        "`my_huber_loss` stands in cell 1 under `%%writefile`, so it is not defined in the "
        "notebook. Remove that line.",
        id="written to a file"),
    pytest.param(
        ["from losses_ import my_huber_loss"], "missing", 1,
        "Cell 1 imports `my_huber_loss` from `losses_`, which is not there when grading. "
        "Define it in the notebook itself.",
        id="imported from a file"),
    pytest.param(
        ["from .losses import my_huber_loss"], "missing", 1,
        "Cell 1 imports `my_huber_loss` from `.losses`, which is not there when grading. "
        "Define it in the notebook itself.",
        id="imported from a neighbour"),
    pytest.param(
        ["from utils_ import *"], "missing", 1,
        "No cell defines `my_huber_loss`. If it should come with the `import *` in cell 1: "
        "`utils_` is not there when grading.",
        id="behind a star"),
    pytest.param(
        ["# def my_huber_loss(a, b):\n#     pass"], "missing", 1,
        "`my_huber_loss` is commented out in cell 1, line 1: Python reads nothing behind a `#`. "
        "Does it have to stand there?",
        id="commented out"),
    pytest.param(
        ["model.compile(loss=my_huber_loss)"], "missing", 1,
        "Cell 1 uses `my_huber_loss`, but no cell defines it.",
        id="only used"),
    pytest.param(
        ["def my_huber_loss(a, b):\n    c = a\n\treturn c"], "broken", 1,
        "Cell 1 is not valid Python: line 3: inconsistent use of tabs and spaces in indentation. "
        "`my_huber_loss` is defined there. Some lines begin with tabs there and others with "
        "spaces, which look alike. Delete what stands before the line, and type it with spaces.",
        id="a tab among spaces"),
    pytest.param(
        ["x = 1\ndef my_huber_loss(a, b:\n    pass"], "broken", 1,
        "Cell 1 is not valid Python: line 2: '(' was never closed. "
        "`my_huber_loss` is defined there. Count the brackets there.",
        id="in a cell that is not Python"),
    pytest.param(
        ["my_huber_loss = lambda a, b: (a"], "broken", 1,
        "Cell 1 is not valid Python: line 1: '(' was never closed. "
        "`my_huber_loss` is defined there. Count the brackets there.",
        id="a lambda that is not Python"),
    pytest.param(
        ["def my_huber_loss(a, a):\n    pass"], "broken", 1,
        "The definition of `my_huber_loss` in cell 1 is not valid Python: line 1: "
        "duplicate argument 'a' in function definition.",
        id="a definition that does not compile"),
    pytest.param(
        ["def my_huber_loss(a, b):\n    x = 1\nreturn x"], "found", 1, "",
        id="a return at the margin"),
    pytest.param(
        ["x = 1\ndef my_huber_loss(a, b)\n    return 1"], "broken", 1,
        "Cell 1 is not valid Python: line 2: expected ':'. `my_huber_loss` is defined there. "
        "What stands at the end of a line that begins a block?",
        id="a colon that is missing"),
    pytest.param(
        ["class my_huber_loss:\n    def call(a, b):\n        x = 1\n    return x"], "broken", 1,
        "The definition of `my_huber_loss` in cell 1 is not valid Python: line 4: "
        "'return' outside function. Look at how far that line is indented, and where it belongs.",
        id="a return one level out"),
    pytest.param(
        ["def_my_huber_loss(a, b):\n    return 1"], "missing", 1,
        "Python can't read the line that defines `my_huber_loss` (cell 1, line 1): `def` and the "
        "name run together. What has to stand between them?",
        id="glued to its def"),
    pytest.param(
        ["x = 1\n\u200bdef my_huber_loss(a, b):\n    return 1"], "missing", 1,
        "Python can't read the line that defines `my_huber_loss` (cell 1, line 2): a character "
        "that nobody sees stands in front. Type the beginning of the line anew.",
        id="behind a character that nobody sees"),
    pytest.param(
        ["def\xa0my_huber_loss(a, b):\n    return 1"], "missing", 1,
        "Python can't read the line that defines `my_huber_loss` (cell 1, line 1): a character "
        "that nobody sees stands in it. Type the line's beginning anew.",
        id="a blank of another kind"),
    pytest.param(
        ["1 def my_huber_loss(a, b):\n2     return 1"], "missing", 1,
        "Python can't read the line that defines `my_huber_loss` (cell 1, line 1): numbers stand "
        "in front of the lines, pasted along with them. Take them out.",
        id="with the numbers of its lines"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "state", "cell", "hint"), HINTS)
def test_hints(cells: list[str], state: str, cell: int | None, hint: str) -> None:
    """The likeliest reason, where it is, and what to do."""
    found = finding_of(*cells, name=NAME)
    assert (found.state, found.hint) == (state, hint)
    assert (found.spot and found.spot.cell) == cell


def test_a_use_is_named_by_its_own_line() -> None:
    """And not by where the definition around it begins."""
    found = finding_of("def other(a, b):\n    c = a - b\n    return my_huber_loss(a, b)", name=NAME)
    assert found.spot is not None
    assert found.spot.line == 3


def test_a_name_in_a_markdown_cell() -> None:
    """The cell was made with the wrong type."""
    source = "Here it is:\n\ndef my_huber_loss(y_true, y_pred):\n    pass"
    cells = [{"cell_type": "markdown", "source": source}, {"cell_type": "code", "source": "x"}]
    found = slicing.survey(read(json.dumps({"cells": cells}).encode()), [NAME]).findings[0]
    assert found.hint == (
        "`my_huber_loss` stands in cell 1, which is a Markdown cell. Make it a code cell."
    )
    assert found.spot is not None
    assert found.spot.line == 3


def test_a_name_asked_for_is_no_misspelling_of_another() -> None:
    """`my_huber_loss_with_threshold` is alike, and something else."""
    names = (NAME, "my_huber_losses")
    found = survey_of("def my_huber_losses(t): pass", names=names).findings[0]
    assert found.hint == "No cell of the notebook defines `my_huber_loss`."


def test_a_found_name_has_no_hint() -> None:
    """Help is for who needs it."""
    assert finding_of("def my_huber_loss(a, b): pass", name=NAME).hint == ""


@pytest.mark.slow
def test_many_names_cost_little() -> None:
    """A notebook of twenty thousand names is answered all the same."""
    source = "\n".join(f"my_huber_los{i} = {i}" for i in range(20_000))
    start = time.process_time()
    assert finding_of(source, name=NAME).state == "missing"
    assert time.process_time() - start < 30


def test_a_definition_that_is_no_python_is_placed_where_python_stops() -> None:
    found = finding_of("def my_huber_loss(a, b):\n    x = 1\n    y = (2\n    return x", name=NAME)
    assert found.spot is not None
    assert found.spot.line == 3


@pytest.mark.parametrize(("language", "said"), [("R", "R"), ("julia", "Julia")])
def test_a_kernel_of_another_language_is_named(language: str, said: str) -> None:
    cell = {"cell_type": "code", "source": "my_huber_loss <- 1", "outputs": [], "metadata": {}}
    document = {
        "cells": [{**cell, "execution_count": None}],
        "metadata": {"kernelspec": {"language": language, "name": "x", "display_name": "x"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    survey = slicing.survey(read(json.dumps(document).encode()), (NAME,))
    assert survey.findings[0].hint.startswith(f"The notebook is one for {said}, as its kernel says")


def test_a_python_kernel_is_nothing_to_tell() -> None:
    document = {"cells": [], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4}
    assert read(json.dumps(document).encode()).language == ""
