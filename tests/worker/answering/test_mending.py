"""Small edits of an answer: which are proposed, what they change, and what trying one costs."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import Any

import pytest

from grader.worker.answering.mending.edits import Edit, applied
from grader.worker.answering.mending.trying import MOST_SLOW, Bench, Stopped
from grader.worker.reading.slicing import survey
from tests.worker.cells import notebook_of

NAME = "loss"


def bench(
    *cells: str, form: Any = "function", parameter: str = "margin", name: str = NAME
) -> Bench:
    """The edits of one name in a notebook with these code cells."""
    notebook = notebook_of(*cells)
    return Bench(survey(notebook, (name,)), notebook, name, form, parameter)


def results(of: Bench, *cells: str) -> dict[str, Edit]:
    """What the notebook is with each edit, as one text without blanks at the ends of lines."""
    found: dict[str, Edit] = {}
    for edit in of.edits:
        texts = [
            applied(cell, [piece for piece in edit.pieces if piece.cell == number])
            for number, cell in enumerate(cells, start=1)
        ]
        found.setdefault(_plain("\n".join(texts)), edit)
    return found


def _plain(text: str) -> str:
    """The text as Python writes it, or as it is."""
    try:
        return ast.unparse(ast.parse(text))
    except SyntaxError:
        return text


FUNCTION = """\
import math
def loss(y, d):
    margin = 1
    size = abs(y - d)
    return size * margin
"""
WRAPPER = """\
def loss(margin):
    def inner(y, d):
        size = abs(y - d)
        return max(margin - size, 0)
    return inner
"""
CLASS = """\
class Base: pass
class loss(Base):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin
    def call(self, y, d):
        return self.margin * (y - d)
"""

HELPER = """\
def pay(y, d):
    return y * d + d
def loss(y, d):
    return pay(y, d)
"""
METHOD = """\
class Base: pass
class loss(Base):
    def pay(self, y_true, y_pred):
        return y_true * y_pred + y_pred
    def call(self, y_true, y_pred):
        return self.pay(y_true, y_pred)
"""
MADE = """\
def make(margin):
    return lambda label, distance: label * distance + margin
def loss(margin):
    def inner(y_true, y_pred):
        made = make(margin)
        return made(y_true, y_pred)
    return inner
"""

HANDED = """\
import math
import operator
def loss(y, d):
    size = math.pow(y - d, 2)
    large = math.sqrt(size) - 0.5
    small = 0.5 * (size)
    chosen = operator.truediv(small + y, large)
    return chosen
"""

# What is right, what stands in its place, what was forgotten or confused.
SLIPS = [
    pytest.param(FUNCTION, "size * margin", "size + margin", "operator", id="an operator"),
    pytest.param(FUNCTION, "margin = 1", "margin = 2", "constant", id="a number"),
    pytest.param(FUNCTION, "abs(y - d)", "y - d", "added step", id="a step left out"),
    pytest.param(FUNCTION, "size = abs(y - d)", "size = round(abs(y - d))", "dropped step",
                 id="a step too many"),
    pytest.param(FUNCTION, "return size * margin", "size * margin", "return", id="no return"),
    pytest.param(FUNCTION, "return size * margin", "print(size * margin)", "return",
                 id="print for return"),
    pytest.param(FUNCTION, "return size", "return sise", "spelling", id="a name misspelt"),
    pytest.param(FUNCTION, "size = abs", "sise = abs", "spelling", id="misspelt where it is bound"),
    pytest.param(FUNCTION, "def loss", "def los", "definition", id="the exercise's own name"),
    pytest.param(FUNCTION, "abs(y - d)", "math.abs(y - d)", "gone", id="not in that module"),
    pytest.param(FUNCTION, "abs(y - d)", "abs(y - d", "character", id="a bracket never closed"),
    pytest.param(FUNCTION, "(y, d):", "(y, d)", "character", id="no colon"),
    pytest.param(FUNCTION, "def loss(", "def_loss(", "spelling", id="glued to the keyword"),
    pytest.param(FUNCTION, "    return size", "return size", "indent", id="a return at the margin"),
    pytest.param(FUNCTION, "size * margin", "size \u00d7 margin", "character",
                 id="a character of a word processor"),
    pytest.param(WRAPPER, "margin - size", "1 - size", "constant", id="a number for the parameter"),
    pytest.param(WRAPPER, "max(margin - size, 0)", "max(margin - size), 0", "brackets",
                 id="a bracket closed too early"),
    pytest.param(WRAPPER, "max(margin - size, 0)", "margin - max(size, 0)", "brackets",
                 id="a bracket opened too late"),
    pytest.param(WRAPPER, "max(margin", "min(margin", "function", id="min for max"),
    pytest.param(WRAPPER, "return inner", "return inner(y, d)", "call", id="called, not named"),
    pytest.param(WRAPPER, "return inner", 'return "inner"', "name", id="a name as text"),
    pytest.param(WRAPPER, "return inner", "return [inner]", "return", id="in a list"),
    pytest.param(WRAPPER, "\n    return inner", "", "return", id="nothing returned"),
    pytest.param(WRAPPER, "loss(margin):", "loss(m):", "parameter", id="another parameter's name"),
    pytest.param(HELPER, "pay(y, d)\n", "pay(d, y)\n", "argument", id="exchanged for a helper"),
    pytest.param(HELPER, "pay(y, d):", "pay(d, y):", "parameter", id="exchanged in a helper"),
    pytest.param(METHOD, "pay(y_true, y_pred)\n", "pay(y_pred, y_true)\n", "argument",
                 id="exchanged for a method"),
    pytest.param(MADE, "made(y_true, y_pred)", "made(y_pred, y_true)", "argument",
                 id="exchanged for what was made"),
    pytest.param(HANDED, "pow(y - d, 2)", "pow(y, d - 2)", "brackets", id="comma and sign turned"),
    pytest.param(HANDED, "pow(y - d, 2)", "pow(y, 2 - d)", "brackets", id="a comma for a sign"),
    pytest.param(HANDED, "pow(y - d, 2)", "pow(y, d, 2)", "operator", id="a comma too many"),
    pytest.param(HANDED, "pow(y - d, 2)", "pow((y - d, 2))", "argument", id="held together"),
    pytest.param(HANDED, "pow(y - d, 2)", "pow([y - d, 2])", "argument", id="in a list"),
    pytest.param(HANDED, "sqrt(size) - 0.5", "sqrt(size, 0.5)", "brackets",
                 id="handed over instead of subtracted"),
    pytest.param(HANDED, "math.sqrt(size)", "math.sqrt[size]", "brackets", id="square brackets"),
    pytest.param(HANDED, "0.5 * (size)", "0.5(size)", "operator", id="no sign before brackets"),
    pytest.param(HANDED, "return chosen", "return chosen,", "dropped step",
                 id="a comma at the end"),
    pytest.param(HANDED, "small = 0.5", "small = 0,5", "character", id="a decimal comma"),
    pytest.param(CLASS, "return self.margin", "return margin", "self", id="self forgotten"),
    pytest.param(CLASS, "self.margin = margin", "margin = margin", "self", id="not kept"),
    pytest.param(CLASS, "self.margin = margin", "loss.margin = margin", "store",
                 id="kept on the class"),
    pytest.param(CLASS, "super().__init__()", "super.__init__()", "super", id="super not called"),
    pytest.param(CLASS, "super().__init__()", "super().__init__", "super", id="init not called"),
    pytest.param(CLASS, "super().__init__()", "super().__init__(margin)", "argument",
                 id="an argument too many"),
    pytest.param(CLASS, "call(self, y, d)", "call(y, d)", "self", id="no self"),
    pytest.param(CLASS, "def call", "def forward", "method", id="a method's name"),
    pytest.param(CLASS, "def __init__", "def _init_", "method", id="a constructor's name"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "text", "instead", "kind"), SLIPS)
def test_what_undoes_a_slip_is_proposed(right: str, text: str, instead: str, kind: str) -> None:
    forms = {WRAPPER: "wrapper", MADE: "wrapper", CLASS: "class", METHOD: "class"}
    form = forms.get(right, "function")
    assert right.count(text) == 1
    slipped = right.replace(text, instead)
    found = results(bench(slipped, form=form), slipped)
    assert _plain(right) in found
    assert found[_plain(right)].kind == kind


def test_a_line_that_hides_the_parameter_can_be_left_out() -> None:
    slipped = WRAPPER.replace("        size =", "        margin = 1\n        size =")
    left_out = slipped.replace("margin = 1", "pass")
    assert results(bench(slipped, form="wrapper"), slipped)[_plain(left_out)].kind == "statement"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        pytest.param((FUNCTION, "del loss"), "deleted", id="deleted"),
        pytest.param((FUNCTION, "loss = loss(1, 2)"), "deleted", id="bound to its result"),
        pytest.param(("def make():\n    def loss(y, d): return y\n    return loss",), "indent",
                     id="inside another function"),
    ],
)  # fmt: skip
def test_a_name_out_of_reach_is_given_back(cells: tuple[str, ...], kind: str) -> None:
    one = bench(*cells)
    working = [
        edit.kind
        for number, edit in enumerate(one.edits, start=1)
        if callable(one.executed(number).globals.get(NAME))
    ]
    assert kind in working


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("los = make(1.0)", 1),
        ("model = make(1.0)\nmodel.fit(epochs=500)", 0),
        ("other = lambda y, d: y - d", 1),
    ],
)
def test_a_model_is_not_trained_to_see_whether_it_is_the_answer(cell: str, taken: int) -> None:
    """Whatever a call made is taken for a misspelt answer only if it is spelled like it."""
    of = bench(cell)
    assert [edit.kind for edit in of.edits] == ["definition"] * taken


def test_the_same_bytes_give_the_same_edits() -> None:
    """A fresh child proposes what the last one did, number for number."""
    assert bench(CLASS, form="class").edits == bench(CLASS, form="class").edits


def test_edits_are_in_the_order_of_their_cost() -> None:
    costs = [edit.cost for edit in bench(WRAPPER, form="wrapper").edits]
    assert costs == sorted(costs)


def asked(of: Bench, number: int, *arguments: object) -> Any:
    """What the name answers with an edit."""

    def ask(value: Any) -> Any:
        with suppress(Exception):
            return value(*arguments)

    return of.tried(number, ask)


class TestTrying:
    def test_the_answer_as_it_stands(self) -> None:
        assert asked(bench(FUNCTION), 0, 5, 3) == 2

    def test_each_edit_is_tried_alone(self) -> None:
        """What one edit left in a dictionary of the notebook, no other one meets."""
        kept = "seen = []\ndef loss(y, d):\n    seen.append(y)\n    return len(seen)"
        one = bench(kept)
        numbers = range(len(one.edits) + 1)
        answers = [asked(one, number, 1, 2) for number in numbers if _keeps(one, number)]
        assert answers
        assert set(answers) <= {0, 1, None}

    def test_an_edit_that_never_ends_costs_none_of_the_others(self) -> None:
        one = bench("def loss(y, d):\n    while y < d:\n        y += 1\n    return y")
        endless = _number(one, "while y > d:") or _number(one, "!=")
        assert endless
        assert one.tried(endless, lambda f: f(5, 3)) is None
        assert asked(one, 0, 1, 3) == 3

    def test_after_some_that_never_end_no_more_are_tried(self) -> None:
        """Code that runs on in every edit must not cost hours."""
        one = bench("def loss(y, d):\n    while True: y += d")
        for _ in range(MOST_SLOW):
            assert asked(one, 0, 1, 1) is None
        with pytest.raises(Stopped):
            asked(one, 0, 1, 1)

    def test_a_name_of_another_cell_can_be_put_in(self) -> None:
        """It was not needed before, and so not executed with the rest."""
        cells = "def halved(x): return x / 2", "def loss(y, d):\n    return halve(y - d)"
        one = bench(*cells)
        number = _number(one, "halved")
        assert number
        assert asked(one, number, 5, 1) == 2


def _number(of: Bench, new: str) -> int:
    """The number of the first edit that puts this text in; 0 if there is none."""
    for number, edit in enumerate(of.edits, start=1):
        if any(piece.text == new for piece in edit.pieces):
            return number
    return 0


def _keeps(of: Bench, number: int) -> bool:
    """Whether the edit leaves the counting as it is."""
    return number == 0 or all("seen" not in piece.text for piece in of.edits[number - 1].pieces)


def test_what_a_file_of_the_notebook_holds_is_mended_too() -> None:
    """A definition that a cell writes into a file stands in the notebook like any other."""
    one = bench("%%writefile own.py\ndef loss(y, d):\n    return y + d", "from own import loss")
    number = _number(one, "-")
    assert number
    assert asked(one, number, 5, 3) == 2
    assert one.place(*_start(one.edits[number - 1])) == (3, 14)


def test_columns_are_those_that_the_student_sees() -> None:
    """A prompt that was pasted along is no part of the code, and takes its room in the cell."""
    one = bench(">>> def loss(y, d):\n...     return y + d")
    number = _number(one, "-")
    assert one.place(*_start(one.edits[number - 1])) == (2, 18)


def _start(edit: Edit) -> tuple[int, int]:
    return edit.pieces[0].cell, edit.pieces[0].start
