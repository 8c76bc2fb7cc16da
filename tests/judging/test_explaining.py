"""Foreign words in reports: quoted where they can't carry a hidden number out, and nowhere else."""

from __future__ import annotations

import pytest

from grader.judging import explaining
from grader.judging.quoting import MAX_QUOTED, Quoting, first_sentence, one_line
from grader.sandbox import Lost
from grader.worker import wire

NOTEBOOK = b"def my_huber_loss(y_true, y_pred): return K.square(ytrue)  # class Oops"
SPOT = wire.Spot(3, 2)


def said(kind: str, text: str, *, own: bool = False, public: wire.Raised | None = None) -> str:
    quoting = Quoting(NOTEBOOK, public)
    return explaining.raised(wire.Raised(kind, text, SPOT, own), quoting)


QUOTED = {
    "a misspelt name": ("NameError", "name 'ytrue' is not defined"),
    "an attribute that is gone": (
        "AttributeError",
        "module 'keras.api.backend' has no attribute 'square'",
    ),
    "a method of eager tensors": (
        "AttributeError",
        "'SymbolicTensor' object has no attribute 'numpy'",
    ),
    "a missing argument": (
        "TypeError",
        "my_huber_loss() missing 1 required positional argument: 'y_pred'",
    ),
}

UNQUOTED = {
    "a key": ("KeyError", "'qqinputzerohalf'"),
    "a value": ("ValueError", "could not convert string to float: 'abcd'"),
    "a name that is not in the notebook": ("NameError", "name 'zerohalf' is not defined"),
    "numbers": ("ValueError", "[[0.25], [0.5]]"),
}


@pytest.mark.parametrize(("kind", "text"), QUOTED.values(), ids=QUOTED)
def test_a_sentence_of_python_about_names_of_the_notebook_is_quoted(kind: str, text: str) -> None:
    assert text in said(kind, text)


@pytest.mark.parametrize(("kind", "text"), UNQUOTED.values(), ids=UNQUOTED)
def test_other_texts_are_not(kind: str, text: str) -> None:
    assert said(kind, text).startswith(f"It stops with {kind}.")


def test_what_follows_a_sentence_of_python_is_left_out() -> None:
    words = said("NameError", "name 'ytrue' is not defined zerohalf")
    assert "name 'ytrue' is not defined." in words
    assert "zerohalf" not in words


def test_what_a_public_example_raised_may_be_quoted() -> None:
    public = wire.Raised("InvalidArgumentError", "Incompatible shapes: [4,1] vs. [3]", SPOT)
    words = said("InvalidArgumentError", "hidden numbers", public=public)
    assert "Incompatible shapes: [4,1] vs. [3]" in words
    assert "hidden" not in words


def test_a_type_of_the_notebook_is_named_and_no_other() -> None:
    assert said("Oops", "", own=True).startswith("It stops with Oops. ")
    assert said("qqinputzerohalf", "", own=True).startswith(
        "It stops with an exception of its own."
    )
    unheard = explaining.failure(wire.Failure("not a value", detail="qqinput"), Quoting(NOTEBOOK))
    assert str(unheard) == "It returns something else where a tensor is expected."


def test_last_words_of_a_dying_process_are_not_told() -> None:
    assert "zerohalf" not in str(explaining.lost(Lost("crashed", "zerohalf")))
    assert "signal 11" in str(explaining.lost(Lost("crashed", "signal 11 (Segmentation fault)")))


def test_a_long_story_is_quoted_with_its_first_sentence() -> None:
    assert first_sentence("Shapes [4,1] vs. [3] differ. Use\nthis. Or that.") == (
        "Shapes [4,1] vs. [3] differ."
    )


def test_text_comes_on_one_line_and_cut() -> None:
    line = one_line("a\n\nb\t" + "c" * 1000)
    assert line.startswith("a b c")
    assert len(line) == MAX_QUOTED


ADVISED = {
    "a typo in Keras' backend": (
        "AttributeError",
        "module 'keras.backend' has no attribute 'squrare'",
        "no function of that name",
    ),
    "NumPy while training": (
        "NotImplementedError",
        "Cannot convert a symbolic tf.Tensor (a:0) to a numpy array.",
        "Stay with TensorFlow's operations",
    ),
    "the size of the batch": ("ValueError", "None values not supported.", "size of the batch"),
    "whole numbers among floats": (
        "TypeError",
        "Input 'y' of 'Maximum' Op has type float32 that does not match type int32 of 'x'.",
        "Numbers of two types",
    ),
    "a variable in each call": (
        "ValueError",
        "tf.function only supports singleton tf.Variables created on the first call.",
        "The loss needs none",
    ),
    "a class without __init__": (
        "ValueError",
        "Argument `name` must be a string and cannot contain character `/`. Received: name=3.0",
        "is there an `__init__`",
    ),
    "a forgotten `call`": ("NotImplementedError", "", "calls the method `call`"),
    "a bracket in the wrong place": (
        "TypeError",
        "maximum() missing 1 required positional argument: 'y'",
        "where its brackets close",
    ),
    "one parameter too many": (
        "TypeError",
        "my_huber_loss() missing 1 required positional argument: 'threshold'",
        "called with y_true and y_pred",
    ),
}


@pytest.mark.parametrize(("kind", "text", "advice"), ADVISED.values(), ids=ADVISED)
def test_a_well_known_cause_gets_advice(kind: str, text: str, advice: str) -> None:
    assert advice.casefold() in said(kind, text).casefold()


@pytest.mark.parametrize("kind", ["ValueError", "TypeError", "InvalidArgumentError", "KeyError"])
def test_nobody_is_left_with_the_name_of_an_exception(kind: str) -> None:
    assert len(said(kind, "of an unknown cause 0.25")) > len(f"It stops with {kind}.")


def test_only_the_students_own_line_says_that_it_is_not_written_yet() -> None:
    assert "not written yet" in said("NotImplementedError", "", own=True)
    assert "not written yet" not in said("NotImplementedError", "Cannot convert a symbolic")


def test_a_gone_api_is_told_apart_from_the_formula() -> None:
    words = said("AttributeError", "module 'keras.backend' has no attribute 'square'")
    assert "no mistake in your formula" in words
