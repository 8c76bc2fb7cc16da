"""The self-check agrees with right answers and helps with wrong ones."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grader.rubric.exercises import BY_NAME

PROJECT = Path(__file__).resolve().parents[2]
NAMES = tuple(BY_NAME)


@pytest.fixture(scope="module")
def selfcheck() -> ModuleType:
    """The file that students get, imported as they do."""
    sys.path.insert(0, str(PROJECT / "assignment"))
    try:
        return importlib.import_module("selfcheck")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def answers() -> ModuleType:
    """What students wrote."""
    return importlib.import_module("tests.assignment.answers")


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_fine(
    selfcheck: ModuleType, answers: ModuleType, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line says ok, and the last one says that it was all."""
    selfcheck.check(name, answers.REFERENCE[name])
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first == name
    assert len(lines) >= 7
    assert all(line.startswith("  ok ") for line in lines)
    assert last == "  All of this looks right."


@pytest.mark.parametrize("name", NAMES)
def test_the_starter_is_told_what_is_missing(
    selfcheck: ModuleType, answers: ModuleType, name: str
) -> None:
    """One line, and nothing that sounds like a reproach."""
    findings = selfcheck.examine(name, answers.STARTER[name])
    [wrong] = [finding.text for finding in findings if not finding.ok]
    assert wrong.startswith(name)
    assert "is not written yet: replace this line" in wrong


# The exercise, the answer, and words that must be among those that help.
WRONG = [
    ("my_huber_loss", "not_halved", "the square is halved"),
    ("my_huber_loss", "no_offset", "half the threshold"),
    ("my_huber_loss", "no_abs", "compare tf.abs(a), not a"),
    ("my_huber_loss", "mean", "yours is () (a single number)"),
    ("my_huber_loss", "python_if", "use tf.where"),
    ("my_huber_loss", "no_return", "is the `return` missing?"),
    ("my_huber_loss", "misspelt", "In the line: return tf.sqare(y_true - y_pred)"),
    ("my_huber_loss", "no_slope_at_zero", "a square root of 0"),
    ("my_huber_loss", "python_number", "returns a float, not a tensor"),
    ("my_huber_loss", "float64", "returns float64 where float32 went in"),
    ("my_huber_loss", "one_argument", "a loss takes y_true and y_pred"),
    ("my_huber_loss", "NoSuper", "should be a function (def ...), and it is a class"),
    ("my_huber_loss", "PROJECT", "should be a function"),
    ("my_huber_loss_with_threshold", "returns_nothing", "Does it end with `return`"),
    ("my_huber_loss_with_threshold", "threshold_ignored", "use the threshold that was asked for"),
    ("my_huber_loss_with_threshold", "huber", "a wrapper takes the threshold"),
    ("MyHuberLoss", "NoBase", "class NoBase(tf.keras.losses.Loss)"),
    ("MyHuberLoss", "NoSuper", "does __init__ call super().__init__()?"),
    ("MyHuberLoss", "NoCall", "its own method `call"),
    ("MyHuberLoss", "OtherKeyword", "is called threshold or margin"),
    ("MyHuberLoss", "SharedThreshold", "the first one changed"),
    ("MyHuberLoss", "huber", "should be a class"),
    ("contrastive_loss", "labels_swapped", "y_true is 1 for a similar pair"),
    ("contrastive_loss", "no_maximum", "a different pair pays nothing"),
    ("contrastive_loss", "no_mean", "the mean over the batch (tf.reduce_mean)"),
    ("contrastive_loss", "numpy_inside", "no NumPy"),
    ("contrastive_loss", "an_int_first", "write numbers with a point"),
    ("contrastive_loss", "backend_of_keras_2", "use the tf function"),
    ("contrastive_loss", "halves", "no factor of one half"),
    ("contrastive_loss_with_margin", "margin_ignored", "use the margin that was asked for"),
]


@pytest.mark.parametrize(("name", "answer", "words"), WRONG, ids=[f"{a}-{n}" for n, a, _ in WRONG])
def test_a_wrong_answer_gets_help(
    selfcheck: ModuleType,
    answers: ModuleType,
    name: str,
    answer: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is never called right, the help is there, and no line is long."""
    selfcheck.check(name, getattr(answers, answer))
    out = capsys.readouterr().out
    assert "  look  " in out
    assert "looks right" not in out
    assert max(map(len, out.splitlines())) <= 88
    assert words in " ".join(out.split())


def test_a_hint_is_given_once(selfcheck: ModuleType, answers: ModuleType) -> None:
    """Several numbers may point to the same mistake; saying it once is enough."""
    texts = [finding.text for finding in selfcheck.examine("my_huber_loss", answers.no_offset)]
    assert sum("yours is" in text for text in texts) == 2
    assert sum("Hint: large errors" in text for text in texts) == 1


RIGHT = [
    ("my_huber_loss", "keras_ops"),
    ("my_huber_loss_with_threshold", "no_branches"),
    ("contrastive_loss_with_margin", "returns_an_object"),
    ("ContrastiveLoss", "MeanInCall"),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT, ids=[answer for _, answer in RIGHT])
def test_right_though_written_otherwise(
    selfcheck: ModuleType, answers: ModuleType, name: str, answer: str
) -> None:
    """Nobody is sent looking for a mistake that is not there."""
    findings = selfcheck.examine(name, getattr(answers, answer))
    assert [finding.text for finding in findings if not finding.ok] == []


def test_a_name_that_is_no_exercise(
    selfcheck: ModuleType, answers: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """It lists those that are."""
    selfcheck.check("my_hubber_loss", answers.huber)
    out = capsys.readouterr().out
    assert all(name in out for name in NAMES)


def test_it_needs_tensorflow_and_numpy_alone_and_gives_no_formula_away() -> None:
    """On Colab and in Jupyter nothing else has to be there; who reads it finds numbers only."""
    tree = ast.parse((PROJECT / "assignment/selfcheck.py").read_text(encoding="utf-8"))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    top = {name.partition(".")[0] for name in imported}
    assert top - set(sys.stdlib_module_names) == {"numpy", "tensorflow"}
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "tf"
    }
    assert "reduce_mean" in used
    assert used.isdisjoint({"abs", "square", "where", "maximum", "minimum", "pow"})
