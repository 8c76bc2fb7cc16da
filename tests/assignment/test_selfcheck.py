"""The self-check agrees with right answers and helps with wrong ones."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grader.assignments.custom_losses import misconceptions
from grader.assignments.custom_losses.exercises import BY_NAME, Family
from tests.assignment import known

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
    ("my_huber_loss", "not_halved", "what stands in front of the square?"),
    ("my_huber_loss", "no_offset", "lacks the offset"),
    ("my_huber_loss", "no_abs", "takes every error of one sign for a small one"),
    ("my_huber_loss", "branches_swapped", "the wrong way round"),
    ("my_huber_loss", "a_pair", "it returns a tuple, not a tensor"),
    ("my_huber_loss", "a_condition", "it returns bool where float32 should come out"),
    ("my_huber_loss", "caret", "is no power in Python"),
    ("my_huber_loss", "where_without_branches", "with a condition alone gives places"),
    ("my_huber_loss", "helper_returns_nothing", "Is a `return` missing in a helper?"),
    ("my_huber_loss", "misspelt", "is square meant?"),
    ("my_huber_loss", "huber_with", "It takes one, as a function that makes a loss does"),
    ("my_huber_loss", "mean", "yours is () (a single number)"),
    ("my_huber_loss", "python_if", "use tf.where"),
    ("my_huber_loss", "no_return", "is the `return` missing?"),
    ("my_huber_loss", "misspelt", "In the line: return tf.sqare(y_true - y_pred)"),
    ("my_huber_loss", "no_slope_at_zero", "a square root of 0"),
    ("my_huber_loss", "python_number", "returns a float, not a tensor"),
    ("my_huber_loss", "float64", "returns float64 where float32 went in"),
    ("my_huber_loss", "one_argument", "a loss takes y_true and y_pred, two arguments"),
    ("my_huber_loss", "NoSuper", "should be a function (def ...), and it is a class"),
    ("my_huber_loss", "PROJECT", "should be a function"),
    ("my_huber_loss_with_threshold", "returns_nothing", "Does it end with `return`"),
    ("my_huber_loss_with_threshold", "threshold_ignored", "whose threshold is always 1"),
    ("my_huber_loss_with_threshold", "huber", "A wrapper takes the threshold alone"),
    ("my_huber_loss_with_threshold", "inner_returns_nothing", "it returns None"),
    ("my_huber_loss_with_threshold", "inner_takes_one", "should take two arguments"),
    ("MyHuberLoss", "NoBase", "class NoBase(tf.keras.losses.Loss)"),
    ("MyHuberLoss", "NoSuper", "__init__ does not call super().__init__()"),
    ("MyHuberLoss", "NoCall", "its own method `call"),
    ("MyHuberLoss", "OtherKeyword", "the argument of __init__ is called threshold"),
    ("MyHuberLoss", "CallReturnsNothing", "its method `call` returns None"),
    ("MyHuberLoss", "CallReturnsAList", "its method `call` returns a list"),
    ("MyHuberLoss", "OtherAttribute", "no self.treshold: it keeps self.threshold"),
    ("MyHuberLoss", "NoSuperAndNoHalf", "__init__ does not call super().__init__()"),
    ("MyHuberLoss", "NoSuperAndNoHalf", "what stands in front of the square?"),
    ("MyHuberLoss", "SharedThreshold", "the first one changed"),
    ("MyHuberLoss", "huber", "should be a class"),
    ("contrastive_loss", "labels_swapped", "The two labels are exchanged"),
    ("contrastive_loss", "no_maximum", "farther apart than the margin still pay"),
    ("contrastive_loss", "no_mean", "the mean over the batch (tf.reduce_mean)"),
    ("contrastive_loss", "numpy_inside", "no NumPy"),
    ("contrastive_loss", "an_int_first", "Write them with a point"),
    ("contrastive_loss", "arguments_exchanged", "here the first argument is y_pred"),
    ("contrastive_loss", "mean_of_two", "is an axis"),
    ("contrastive_loss", "backend_of_keras_2", "use the tf function"),
    ("contrastive_loss", "halves", "a factor of one half"),
    ("contrastive_loss_with_margin", "margin_ignored", "whose margin is always 1"),
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


def test_a_hint_fits_all_that_the_code_does(selfcheck: ModuleType, answers: ModuleType) -> None:
    """It is that of a known mistake which gives each of the answers, and there is one."""
    texts = [f.text for f in selfcheck.examine("my_huber_loss", answers.branches_swapped)]
    assert sum("yours is" in text for text in texts) == 4
    assert sum(text.startswith("Hint: ") for text in texts) == 1


def test_where_no_known_mistake_fits_none_is_named(
    selfcheck: ModuleType, answers: ModuleType
) -> None:
    """A similarity is not told as exchanged labels, which give nearly the same numbers."""
    texts = [f.text for f in selfcheck.examine("contrastive_loss", answers.one_minus_distance)]
    assert sum("yours is" in text for text in texts) == 4
    assert not any("Hint" in text for text in texts)


# What a mistake does that leaves nothing to try: one reason, and no error of the self-check.
UNUSABLE = [
    ("my_huber_loss", "a_pair"),
    ("my_huber_loss", "no_return"),
    ("my_huber_loss", "python_number"),
    ("my_huber_loss", "a_condition"),
    ("my_huber_loss_with_threshold", "inner_returns_nothing"),
    ("MyHuberLoss", "CallReturnsNothing"),
    ("MyHuberLoss", "CallReturnsAList"),
]


@pytest.mark.parametrize(("name", "answer"), UNUSABLE, ids=[answer for _, answer in UNUSABLE])
def test_an_answer_that_is_no_loss_is_one_reason(
    selfcheck: ModuleType, answers: ModuleType, name: str, answer: str
) -> None:
    """Nothing follows it: no AttributeError of a list, and nothing about gradients."""
    findings = selfcheck.examine(name, getattr(answers, answer))
    [wrong] = [finding.text for finding in findings if not finding.ok]
    assert "return" in wrong
    assert "Error" not in wrong


def test_known_mistakes_are_told_in_the_words_of_the_grading() -> None:
    """`python -m tests.assignment.known` writes the table again after a change of the rubric."""
    text = known.SELFCHECK.read_text(encoding="utf-8")
    assert known.renewed(text) == text


@pytest.mark.slow
@pytest.mark.parametrize("family", Family)
def test_each_known_mistake_is_named_by_its_own_words(
    selfcheck: ModuleType, answers: ModuleType, family: Family
) -> None:
    """And by no other, whatever the exercise; where it makes no difference nothing is said."""
    class_name = "MyHuberLoss" if family is Family.HUBER else "ContrastiveLoss"
    for mistake in misconceptions.of(family):
        findings = selfcheck.examine(class_name, answers.class_of(mistake.formula))
        hints = {f.text for f in findings if f.text.startswith("Hint: ")}
        assert hints == {f"Hint: {mistake.text}"}


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
