"""Of what form a definition is, read off its syntax tree."""

from __future__ import annotations

import pytest

from grader.worker import wire
from grader.worker.reading import slicing
from grader.worker.reading.names.forms import form_of
from tests.worker.cells import survey_of


def form(*cells: str, name: str = "f") -> wire.Form:
    survey = survey_of(*cells, names=(name,))
    found = form_of(name, slicing.slice_for(survey, (name,)))
    assert found is not None
    return found


MAKER = "def f(t):\n    def loss(y_true, y_pred):\n        {}\n    return loss"
CLASS = (
    "class f(Loss):\n    def __init__(self, t=1.0):\n        {}\n"
    "    def call(self, y_true, y_pred):\n        {}"
)


def test_a_function_says_what_it_takes_and_gives() -> None:
    found = form("def f(y_true, y_pred, t=1):\n    return y_pred")
    assert (found.what, found.takes, found.required, found.gives) == (
        "function", ("y_true", "y_pred", "t"), 2, "value",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "gives"),
    [
        ("x = 1", "nothing"), ("return", "nothing"), ("return 1, 2", "pair"),
        ("return [1]", "list"), ("return 'loss'", "text"), ("return lambda: 1", "function"),
    ],
)  # fmt: skip
def test_what_stands_behind_return_is_what_it_gives(body: str, gives: str) -> None:
    found = form(f"def f(a, b):\n    {body}")
    assert gives == (found.gives if found.what == "function" else "function")


def test_a_function_that_gives_a_function_back_is_a_maker() -> None:
    found = form(MAKER.format("return t"))
    assert (found.what, found.inner, found.use) == ("maker", ("y_true", "y_pred"), "read")


def test_so_is_a_lambda_of_a_lambda() -> None:
    assert form("f = lambda t: lambda y_true, y_pred: t").what == "maker"


@pytest.mark.parametrize(
    ("cells", "use", "used", "at"),
    [
        ((MAKER.format("t = 1.0; return t"),), "given anew", "t", 3),
        ((MAKER.format("return 1.0"),), "not read", "t", 2),
        (("T = 1.0", MAKER.format("return T")), "another read", "T", 3),
        ((MAKER.replace("y_pred", "y_pred, t").format("return t"),), "taken again", "t", 2),
        ((CLASS.format("self.t = t", "return self.t"),), "read", "", 0),
        ((CLASS.format("self.t = t", "return 1.0"),), "not read", "t", 2),
        ((CLASS.format("self.t = 1.0", "return self.t"),), "not kept", "t", 2),
        ((CLASS.format("t = t", "return self.t"),), "not kept", "t", 2),
    ],
)
def test_what_becomes_of_the_number_it_is_made_with(
    cells: tuple[str, ...], use: str, used: str, at: int
) -> None:
    found = form(*cells)
    assert (found.use, found.used, found.at) == (use, used, at)


@pytest.mark.parametrize(
    ("returns", "gives"),
    [
        ("loss(a, b)", "called"),
        ("0.5 * loss(a, b)", "called"),
        ("half(a)", "value"),
        ("half(a),", "row of one"),
        ("[loss(a, b)]", "list"),
        ("loss", "function"),
    ],
)
def test_what_a_function_gives_back(returns: str, gives: str) -> None:
    inner = "    def half(x): return x\n    def loss(y_true, y_pred): return y_pred\n"
    assert form(f"def f(t):\n{inner}    return {returns}").gives == gives


@pytest.mark.parametrize(
    ("init", "sets_up"),
    [
        ("super().__init__()", "right"),
        ("super().__init__(name='huber')", "right"),
        ("Loss.__init__(self)", "right"),
        ("super().__init__(self)", "with self"),
        ("super().__init__(t)", "with values"),
        ("super.__init__()", "not called"),
        ("self.t = t", "missing"),
    ],
)
def test_how_a_class_sets_up_the_part_of_its_base(init: str, sets_up: str) -> None:
    assert form(CLASS.format(init, "return 1")).sets_up == sets_up


def test_a_name_for_something_else_has_no_form() -> None:
    survey = survey_of("def g(): pass\nf = g", names=("f",))
    assert form_of("f", slicing.slice_for(survey, ("f",))) is None
