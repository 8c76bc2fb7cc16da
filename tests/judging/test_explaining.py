"""Foreign words in reports: quoted where they can't carry a hidden number out, and nowhere else."""

from __future__ import annotations

from typing import Literal

import pytest

from grader.judging.reasons import explaining
from grader.judging.reasons.quoting import MAX_QUOTED, Quoting, first_sentence, one_line
from grader.sandbox import Lost
from grader.worker import wire

WORDS = frozenset(("my_huber_loss", "y_true", "y_pred", "K", "square", "ytrue", "Oops"))
SPOT = wire.Spot(3, 2)


def said(kind: str, text: str, *, own: bool = False, public: wire.Raised | None = None) -> str:
    quoting = Quoting(WORDS, public)
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


def test_a_name_that_is_put_together_is_not_quoted() -> None:
    """Each of its parts stands in the definition; which of them it has says something."""
    assert "K.ytrue" not in said("NameError", "name 'K.ytrue.square' is not defined")


def test_of_many_different_exceptions_two_are_told() -> None:
    """Which line stops, with what, could else be another word of a message for each check."""
    quoting = Quoting(WORDS)

    def told(line: int, name: str = "ytrue") -> str:
        raised = wire.Raised("NameError", f"name '{name}' is not defined", wire.Spot(3, line))
        trouble = explaining.failure(wire.Failure("raised", raised=raised), quoting)
        return f"{trouble} {trouble.place}"

    assert "ytrue" in told(1)
    assert "square" in told(1, "square")
    for line in range(2, 9):
        untold = told(line)
        assert "ytrue" not in untold
        assert untold.endswith("None")
    assert "ytrue" in told(1)


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
    unheard = explaining.failure(wire.Failure("not a value", detail="qqinput"), Quoting(WORDS))
    assert str(unheard) == "It returns something else where a tensor is expected."


def test_last_words_of_a_dying_process_are_not_told() -> None:
    assert "zerohalf" not in str(explaining.lost(Lost("crashed", "zerohalf")))
    died = Lost("crashed", "signal 11 (Segmentation fault)", 11)
    assert "signal 11" in str(explaining.lost(died))
    printed = Lost("crashed", "signal zerohalf")
    assert "zerohalf" not in str(explaining.lost(printed))


def test_a_long_story_is_quoted_with_its_first_sentence() -> None:
    assert first_sentence("Shapes [4,1] vs. [3] differ. Use\nthis. Or that.") == (
        "Shapes [4,1] vs. [3] differ."
    )


def test_text_comes_on_one_line_and_cut() -> None:
    line = one_line("a\n\nb\t" + "c" * 1000)
    assert line.startswith("a b c")
    assert len(line) == MAX_QUOTED


# Where nothing is known of the code: by what the exception itself says.
ADVISED = {
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
    "a number for a name": (
        "ValueError",
        "Argument `name` must be a string and cannot contain character `/`. Received: name=3.0",
        "for the loss's name",
    ),
    "Python's max": (
        "ValueError",
        "The truth value of an array with more than one element is ambiguous.",
        "`max` and `min`",
    ),
    "a loop while training": (
        "OperatorNotAllowedInGraphError",
        "Iterating over a symbolic `tf.Tensor` is not allowed.",
        "needs to know how many",
    ),
    "a squeeze in a graph": (
        "ValueError",
        "Cannot iterate over a shape with unknown rank.",
        "how many dimensions",
    ),
    "a bracket in the wrong place": (
        "TypeError",
        "maximum() missing 1 required positional argument: 'y'",
        "where its brackets close",
    ),
}


@pytest.mark.parametrize(("kind", "text", "advice"), ADVISED.values(), ids=ADVISED)
def test_a_well_known_cause_is_told(kind: str, text: str, advice: str) -> None:
    assert advice.casefold() in said(kind, text).casefold()


def test_a_name_that_is_missing_in_a_call_is_a_typo_there() -> None:
    assert "Is it a typo" in said("NameError", "name 'y_true' is not defined")


def test_a_name_is_traced_to_what_should_have_bound_it_where_it_may_be_said() -> None:
    """A name out of nowhere would say more than itself; other errors are about other things."""
    failed = wire.Raised("ValueError", "no data. At all", wire.Spot(2, 1))
    unbound = tuple(wire.Unbound(name, failed) for name in ("ytrue", "zerohalf"))
    quoting = Quoting(WORDS, unbound=unbound)

    def words(kind: str, name: str) -> str:
        raised = wire.Raised(kind, f"name '{name}' is not defined", SPOT)
        return explaining.raised(raised, quoting)

    traced = "What was to define it stops in cell 2, line 1, with ValueError: no data."
    assert words("NameError", "ytrue").endswith(traced)
    assert "cell 2" not in words("NameError", "zerohalf")
    assert "cell 2" not in words("NameError", "square")
    assert "cell 2" not in words("ValueError", "ytrue")


def test_a_name_is_traced_to_the_first_failure_of_several() -> None:
    """And no further than round a circle."""
    words = frozenset(("df", "T", "U", "V"))

    def failed(name: str, kind: str, text: str, line: int) -> wire.Unbound:
        return wire.Unbound(name, wire.Raised(kind, text, wire.Spot(2, line)))

    unbound = (
        failed("df", "OSError", "no file", 1),
        failed("T", "NameError", "name 'df' is not defined", 2),
        failed("U", "NameError", "name 'V' is not defined", 3),
        failed("V", "NameError", "name 'U' is not defined", 4),
    )
    quoting = Quoting(words, unbound=unbound)
    told = {
        name: explaining.raised(
            wire.Raised("NameError", f"name '{name}' is not defined", SPOT), quoting
        )
        for name in ("T", "U")
    }
    assert told["T"].endswith("stops in cell 2, line 1, with OSError: no file.")
    assert "stops in cell 2, line 4" in told["U"]


@pytest.mark.parametrize("kind", ["EagerTensor", "SymbolicTensor"])
def test_a_value_for_a_loss_was_called_too_early(kind: str) -> None:
    reply = wire.Failure("not a loss", detail=kind)
    assert "without calling it" in str(explaining.failure(reply, Quoting(WORDS)))


@pytest.mark.parametrize("kind", ["ValueError", "TypeError", "InvalidArgumentError", "KeyError"])
def test_nobody_is_left_with_the_name_of_an_exception(kind: str) -> None:
    assert len(said(kind, "of an unknown cause 0.25")) > len(f"It stops with {kind}.")


def test_only_the_students_own_line_says_that_it_is_not_written_yet() -> None:
    assert "not written yet" in said("NotImplementedError", "", own=True)
    assert "not written yet" not in said("NotImplementedError", "Cannot convert a symbolic")


@pytest.mark.parametrize("reason", ["raised", "making"])
def test_what_is_not_written_yet_is_known_by_a_value_whatever_is_said(
    reason: Literal["raised", "making"],
) -> None:
    """A check says it in its own words, and nothing is lost by that."""
    raised = wire.Raised("NotImplementedError", "", SPOT, own=True)
    reply = wire.Failure(reason, raised=raised)
    told = explaining.failure(reply, Quoting(WORDS))
    assert told.unwritten
    again = told.said("In a graph there is no answer.")
    assert str(again) == "In a graph there is no answer."
    assert again.unwritten
    assert (again.status, again.place, again.reason) == (told.status, told.place, told.reason)


def test_a_text_that_quotes_the_sentence_leaves_nothing_unwritten() -> None:
    """Whatever the student's own code says of itself."""
    raised = wire.Raised("ValueError", explaining.NOT_WRITTEN, SPOT, own=True)
    assert not explaining.failure(wire.Failure("raised", raised=raised), Quoting(WORDS)).unwritten
