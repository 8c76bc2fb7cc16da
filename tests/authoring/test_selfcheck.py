"""Public checks: their examples reach students, as a self-check, and nothing of the others does."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.assignments import loading
from grader.authoring.notebooks import selfcheck
from grader.authoring.notebooks.release import release
from grader.cli import main
from grader.errors import FaultError, UsageError
from grader.judging import rubric_run
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt
from grader.kit.interface import Answer, NoAnswer, Question
from grader.kit.tensors import TensorAttempt
from grader.kit.tolerance import close
from grader.worker import wire

HEAD = "import numpy as np\nimport pytest\n\n"
HIDDEN = '''
@pytest.mark.points(absolute_error=9)
def test_values(attempt):
    """each error costs its size"""
    attempt.check([7.125], [9.375], [2.25], message="Is it 7.125?")

'''
PUBLIC = '''
@pytest.mark.public
@pytest.mark.points(absolute_error=1)
@pytest.mark.needs("values")
def test_by_hand(attempt):
    """an error of 2 costs 2"""
    {body}
'''
FINE = 'attempt.check([2.0, 0.1], [3.0, 0.3], [1.0, 0.2], message="Think of the sign.")'


@pytest.fixture
def folder(own_assignment: Path) -> Path:
    """An assignment as `grader new` writes it."""
    return own_assignment


def with_checks(folder: Path, *parts: str) -> Assignment:
    """The assignment with these checks."""
    (folder / "test_checks.py").write_text(HEAD + "".join(parts))
    return loaded(folder)


def loaded(folder: Path) -> Assignment:
    """The assignment in the folder as it is now."""
    loading.load.cache_clear()
    return loading.load(str(folder))


def selfcheck_cell(folder: Path) -> dict[str, Any]:
    """The cell of the students' notebook that holds the self-check."""
    cells = json.loads((folder / "student.ipynb").read_text())["cells"]
    (cell,) = [each for each in cells if each["id"] == "selfcheck"]
    return {**cell, "source": "".join(cell["source"])}


def test_examples_are_what_a_public_check_gives_to_check(folder: Path) -> None:
    """Whatever it needs: the checks that it needs are not made."""
    (found,) = selfcheck.public_checks(with_checks(folder, HIDDEN, PUBLIC.format(body=FINE)))
    assert (found.exercise.name, found.title) == ("absolute_error", "an error of 2 costs 2")
    (example,) = found.examples
    assert [each.tolist() for each in example.inputs] == [
        [3.0, np.float32(0.3)],
        [1.0, np.float32(0.2)],
    ]
    assert example.want.tolist() == [2.0, 0.1]
    assert (example.mode, example.made_with, example.message) == (
        "eager",
        None,
        "Think of the sign.",
    )


def test_numbers_stand_in_the_notebook_as_a_person_writes_them(folder: Path) -> None:
    """And shown folded, wherever notebooks can be."""
    release(with_checks(folder, HIDDEN, PUBLIC.format(body=FINE)), Path())
    cell = selfcheck_cell(folder)
    assert "([3.0, 0.3], [1.0, 0.2], ), [2.0, 0.1]" in " ".join(cell["source"].split())
    assert cell["metadata"] == selfcheck.FOLDED
    ast.parse(cell["source"])


def test_of_a_hidden_check_nothing_is_in_the_notebook(folder: Path) -> None:
    release(with_checks(folder, HIDDEN, PUBLIC.format(body=FINE)), Path())
    text = (folder / "student.ipynb").read_text()
    assert "an error of 2 costs 2" in text
    for hidden in ("7.125", "9.375", "2.25", "each error costs its size"):
        assert hidden not in text


class Listening:
    """Answers what is right by NumPy, and keeps every number that goes in or comes out."""

    loss_base, form, first = "keras", None, None

    def __init__(self, kept: set[float]) -> None:
        self.kept = kept

    def call(self, question: Question) -> Answer:
        true, pred = (each.astype(np.float64) for each in question.inputs.arrays)
        right = np.sqrt(np.mean((true - pred) ** 2))
        if question.mode == "gradient":
            right = (pred - true) / (pred.size * right)
        for numbers in (true, pred, right):
            self.kept.update(float(each) for each in numbers.ravel())
        return Answer(np.asarray(right), "float32", "tensor")

    def calls(self, questions: Any) -> tuple[Answer, ...]:
        raise NoAnswer("one by one", "failed")  # type: ignore[arg-type]

    def train(self, *_: Any) -> Any:
        raise NotImplementedError


def test_no_number_of_a_hidden_check_of_rmse_is_in_its_release() -> None:
    """But for whole numbers and the like, which anybody writes."""
    assignment = loading.load("rmse")
    hidden: set[float] = set()

    def attempt(name: str) -> Attempt:
        return TensorAttempt(assignment.spec(name), Listening(hidden))

    outcomes = rubric_run.run(assignment, assignment.names, attempt)
    assert {outcome.status for outcome in outcomes} == {"passed"}
    public = {
        float(number)
        for check in selfcheck.public_checks(assignment)
        for example in check.examples
        for numbers in (*example.inputs, example.want)
        for number in np.asarray(numbers).ravel()
    }
    hidden = {number for number in hidden if len(f"{number:.9g}".strip("-")) > 3} - public
    assert len(hidden) > 50
    text = assignment.sources.starter.read_text(encoding="utf-8")
    told = {float(each) for each in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text)}
    assert public <= told
    for number in hidden:
        assert not any(abs(number - each) <= 1e-6 * abs(number) for each in told), number


NOT_EXAMPLES = {
    "a call": ("attempt.call([1.0], [2.0])", "call can't be used in a public check"),
    "a failure": ('attempt.fail("no")', "fail can't be used in a public check"),
    "what comes back": (f"got = {FINE}; got.dtype", "dtype can't be used in a public check"),
    "no example": ("pass", "it gives no example to attempt.check"),
    "an assert that fails": ("assert 1 == 2, 'never'", "never"),
    "made with something": (
        'attempt.check(1, [1.0], made_with=2.0, message="")', "which is made with nothing",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "words"), NOT_EXAMPLES.values(), ids=NOT_EXAMPLES)
def test_a_public_check_is_examples_and_nothing_else(folder: Path, body: str, words: str) -> None:
    """Or else the self-check would call right what the check does not."""
    assignment = with_checks(folder, HIDDEN, PUBLIC.format(body=body))
    with pytest.raises(FaultError, match=re.escape(words)) as caught:
        release(assignment, Path())
    assert "by_hand" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_attempt_of_one_s_own_has_no_examples_that_are_known(folder: Path) -> None:
    (folder / "fixture.py").write_text(
        "from grader.kit.tensors import TensorAttempt\n\n\n"
        "class attempt_at(TensorAttempt):\n    pass\n"
    )
    with pytest.raises(FaultError, match="by_hand is public, but what checks are given"):
        release(loaded(folder), Path())


def cells_of(folder: Path, **instead: str | None) -> None:
    """Write the reference with another text in some cells, or without them."""
    path = folder / "reference.ipynb"
    notebook = json.loads(path.read_text())
    kept = [cell for cell in notebook["cells"] if instead.get(cell["id"], "") is not None]
    for cell in kept:
        cell["source"] = instead.get(cell["id"]) or cell["source"]
    path.write_text(json.dumps({**notebook, "cells": kept}))


def test_a_public_check_needs_a_place_in_the_notebook(folder: Path) -> None:
    cells_of(folder, selfcheck=None)
    with pytest.raises(UsageError, match="no place for them; write ### SELF-CHECK into"):
        release(loaded(folder), Path())


def test_a_place_needs_a_public_check(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"cell 6 \(selfcheck\): no check is public"):
        release(with_checks(folder, HIDDEN.replace("=9", "=10")), Path())


def test_an_assignment_without_either_is_released_as_it_is(folder: Path) -> None:
    cells_of(folder, selfcheck=None)
    release(with_checks(folder, HIDDEN.replace("=9", "=10")), Path())
    assert "selfcheck.check" not in (folder / "student.ipynb").read_text()


@pytest.mark.parametrize("line", ["## SELFCHECK", "### self-check", "x = 1\n### SELF-CHECK"])
def test_what_is_nearly_the_line_is_refused(folder: Path, line: str) -> None:
    cells_of(folder, selfcheck=line)
    with pytest.raises(UsageError, match=r"selfcheck\): the line for the self-check is"):
        release(loaded(folder), Path())


def test_a_comment_of_the_same_words_is_no_line_for_it() -> None:
    """As a file may have it that the notebook brings along."""
    assert not selfcheck.asked_for("# Self-check\nx = 1")


def test_a_changed_example_makes_the_notebook_stale(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", "--check", "--assignment", str(folder)]) == 0
    checks = folder / "test_checks.py"
    checks.write_text(checks.read_text().replace("[1.0, 5.0, 4.0]", "[1.0, 5.0, 4.5]"))
    loading.load.cache_clear()
    assert main(["release", "--check", "--assignment", str(folder)]) == 1
    assert "is stale (cell 6 differs)" in capsys.readouterr().err


def test_the_rubric_says_which_checks_are_public(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rubric", "--assignment", str(folder), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows if row["public"]] == ["by_hand"]


@pytest.fixture(scope="module")
def trying() -> Any:
    """Imports TensorFlow, as a notebook does."""
    return import_module("grader.authoring.notebooks.trying")


@pytest.fixture(scope="module")
def answers(trying: Any) -> dict[str, Any]:
    """Answers of all kinds, of one argument."""
    names: dict[str, Any] = {}
    exec(compile(ANSWERS, "cell.py", "exec"), names)
    return names


@pytest.mark.slow
class TestTrying:
    """What tries the examples in a student's own notebook."""

    @pytest.mark.parametrize("mode", ["eager", "graph", "gradient"])
    def test_it_calls_as_the_worker_does(
        self, trying: Any, answers: dict[str, Any], mode: Any
    ) -> None:
        """The same numbers and the same type, or none in both."""
        calling = import_module("grader.worker.answering.calling")
        number = np.array([[0.5], [-1.5], [3.0]], np.float32)
        values = 0
        for name, (kind, made_with) in KINDS.items():
            example = trying.Example((number,), 0.0, mode, made_with, "")
            asked = trying.Check(name, kind, "", (example,))
            make = () if kind == "function" else (wire.Hyper(made_with),)
            reply = calling.call(answers[name], wire.Call(name, (wire.pack(number),), mode, make))
            try:
                got, dtype = trying.value(asked, example, answers[name], (number,))
            except (Exception, SystemExit):  # noqa: BLE001 - the worker has no value either
                assert isinstance(reply, wire.Failure), name
                continue
            assert isinstance(reply, wire.Value), name
            values += 1
            want = wire.unpack(reply.array).astype(np.float64)
            assert got.tolist() == want.tolist(), name
            assert dtype in {"", reply.array.dtype}, name
        assert 4 <= values < len(KINDS)

    def test_it_is_as_exact_as_the_kit(self, trying: Any) -> None:
        for got, want in pairs():
            for dtype in ("float32", "float16", "bfloat16", ""):
                with np.errstate(all="ignore"):  # as where checks are made
                    expected = close(got, want, dtype)
                assert trying.close(got, want, dtype) == expected

    def said(self, trying: Any, notebook: dict[str, Any], *checks: Any) -> list[tuple[str, str]]:
        trying.CHECKS = checks
        try:
            return list(trying.examine("double", notebook))
        finally:
            trying.CHECKS = ()

    def test_right_is_said_of_what_was_tried_alone(
        self, trying: Any, answers: dict[str, Any]
    ) -> None:
        """What stops at the second example is not right."""
        fine = trying.Example(([1.0, 2.0],), [2.0, 4.0], "eager", None, "Twice.")
        graph = fine._replace(mode="graph")
        checks = [
            trying.Check("double", "function", "by hand", (fine,)),
            trying.Check("double", "function", "everywhere", (fine, graph)),
            trying.Check("double", "function", "once more", (graph,)),
        ]
        found = self.said(trying, {"double": answers["only_eager"]}, *checks)
        assert found[0] == ("right", "by hand")
        assert [mark for mark, _ in found] == ["right", "look", "look"]
        assert "It stops with" in found[1][1]
        assert "at line 14 of its cell" in found[1][1]
        assert found[2][1].splitlines()[1] == "It stops in the same way."

    def test_what_came_out_and_what_was_expected(
        self, trying: Any, answers: dict[str, Any]
    ) -> None:
        one = trying.Example(([1.0, 2.0],), [2.0, 4.0], "eager", None, "Twice.")
        check = trying.Check("double", "function", "by hand", (one,))
        ((mark, text),) = self.said(trying, {"double": answers["triple"]}, check)
        assert (mark, text.splitlines()) == (
            "look",
            ["by hand", "double([1, 2])", "came out: [3, 6]", "expected: [2, 4]", "Twice."],
        )
        ((_, text),) = self.said(trying, {"double": answers["nothing"]}, check)
        assert "came out: None (is a `return` missing?)" in text

    def test_of_many_numbers_it_shows_one_that_differs(
        self, trying: Any, answers: dict[str, Any]
    ) -> None:
        numbers = np.zeros((5, 4))
        numbers[3, 2] = 1.5
        one = trying.Example((numbers.tolist(),), (2 * numbers).tolist(), "eager", None, "Twice.")
        check = trying.Check("double", "function", "by hand", (one,))
        ((_, text),) = self.said(trying, {"double": answers["triple"]}, check)
        assert "at [3, 2]: 4.5, and not 3" in text

    @pytest.mark.parametrize("kind", ["layer", "function"])
    def test_what_is_not_written_yet(self, trying: Any, answers: dict[str, Any], kind: str) -> None:
        """Said once, however Keras wraps it up."""
        made_with = None if kind == "function" else 2.0
        one = trying.Example(([1.0],), [2.0], "eager", made_with, "")
        checks = [trying.Check("double", kind, title, (one,)) for title in ("a", "b")]
        found = self.said(trying, {"double": answers[f"unwritten_{kind}"]}, *checks)
        assert found == [("look", f"unwritten_{kind} is not written yet: replace this line")]

    def test_what_was_never_run(self, trying: Any) -> None:
        check = trying.Check("double", "function", "by hand", ())
        assert self.said(trying, {}, check) == [
            ("look", "double is not there yet: run the cell that defines it.")
        ]


ANSWERS = """
import numpy as np
import tensorflow as tf


def double(x):
    return 2 * x

def triple(x):
    return x * 3

def only_eager(x):
    # What has no value yet in a graph.
    return x * float(np.asarray(2.0 + 0 * x)[0])

def nothing(x):
    2 * x

def text(x):
    return "2 * x"

def number(x):
    return float(tf.reduce_sum(x))

def array(x):
    return np.float32(2) * x.numpy()

def half(x):
    return tf.cast(x, tf.float16)

def condition(x):
    return x > 0

def of_two(x, y):
    return x + y

def stopped_gradient(x):
    return tf.stop_gradient(x)

def python_if(x):
    if tf.reduce_sum(x) > 0:
        return x
    return -x

def raises(x):
    raise SystemExit(1)

def variable(x):
    return tf.Variable(x)

def wrapper(scale):
    return lambda x: scale * x

def forgets(scale):
    pass

class Layer(tf.keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def call(self, x):
        return self.scale * x

class Plain:
    def __init__(self, scale):
        self.scale = scale

    def call(self, x):
        return self.scale * x

class Made:
    def __call__(self, x):
        return 2 * x

class Loss(tf.keras.losses.Loss):
    def __init__(self, scale):
        self.scale = scale

    def call(self, x):
        return self.scale * x

def unwritten_function(x):
    raise NotImplementedError("unwritten_function is not written yet: replace this line")

class unwritten_layer(tf.keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()

    def call(self, x):
        raise NotImplementedError("unwritten_layer is not written yet: replace this line")
"""
KINDS: dict[str, tuple[str, float | None]] = {
    **dict.fromkeys(
        (
            *("double", "triple", "only_eager", "nothing", "text", "number", "array", "half"),
            *("condition", "of_two", "stopped_gradient", "python_if", "raises", "variable"),
        ),
        ("function", None),
    ),
    **dict.fromkeys(("wrapper", "forgets"), ("wrapper", 3.0)),
    **dict.fromkeys(("Layer", "Plain", "Loss"), ("class", 3.0)),
    "Made": ("class", None),
}


def pairs() -> Iterator[tuple[Any, Any]]:
    """Numbers that are near enough, just not, of another shape, and none at all."""
    want = np.array([0.0, 1.0, -1000.0])
    for off in (0.0, 0.9e-6, 1.1e-6, 1.1e-5, 0.9e-2, 3.9e-3, 1.0, np.nan, np.inf):
        yield want + off, want
        yield want * (1 + off) if np.isfinite(off) else -want, want
        yield np.array([2.0 + off]), np.array(2.0)
    yield want.reshape(3, 1), want
    yield np.array(np.inf), np.array(np.inf)
