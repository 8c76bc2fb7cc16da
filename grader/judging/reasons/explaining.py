"""Puts what the worker reports of a student's code into words for that student.

The words are ours; what may be quoted of the student's is decided in `quoting`.
"""

from __future__ import annotations

import re

from grader.judging.reasons.quoting import OWN_KIND, Quoting
from grader.kit.cause import When
from grader.kit.exercises import Kind
from grader.kit.interface import NoAnswer
from grader.report import CheckStatus, Place
from grader.sandbox import Lost
from grader.worker import wire

_LOST = {
    "timeout": "It did not come to an end in the time that it had. Is there an endless loop?",
    "memory": "It needed more memory than there is for a whole class, and was ended.",
    "crashed": "The process that ran it died{signal}.",
    "exited": "It ended the process that ran it (exit, os._exit or the like) and gave no answer.",
    "protocol": "It disturbed the grader's own channel, so its answer does not count.",
    "output": "It printed without end, or wrote files without end, and was stopped.",
}

# What a library says follows the first; the second stands where nobody knows more.
STOPS, UNKNOWN = "It stops with ", "That is all that is known: "
_TRIED: dict[When, str] = {
    "defined": f"{UNKNOWN}the cell was executed, with what it needs.",
    "made": f"{UNKNOWN}it was called with one number, to make a loss.",
    "called": (f"{UNKNOWN}it was called with y_true and y_pred, two float32 tensors of one shape."),
}
# A library's own long story says less than one sentence about its cause.
_STORY = re.compile(
    r"NodeDef|\bOp<|\{\{node|attr '|zero-based|EagerTensor of dtype|list of allowed"
    r"|unsupported type \(<class|Tried to convert|converted_call"
)

# The reasons whose words are those of an exception.
_QUOTING = ("raised", "making")
# What comes back where nothing was worked out yet.
_UNFINISHED = {
    "generator": (
        "With `yield` in it a function works nothing out when it is called; another word gives a "
        "value back."
    ),
    "ellipsis": "It returns three points, which stand for what is not written yet.",
}

# What TensorFlow calls its tensors.
_TENSORS = frozenset(("EagerTensor", "SymbolicTensor", "Tensor", "ResourceVariable"))


def lost(outcome: Lost) -> NoAnswer:
    """A call during which the child was lost."""
    status = CheckStatus.TIMEOUT if outcome.reason == "timeout" else CheckStatus.CRASHED
    # Other details come from what the student's code printed, which may be anything.
    signal = f" ({outcome.detail})" if outcome.signal else ""
    text = _LOST[outcome.reason].format(signal=signal)
    return NoAnswer(text, status, reason=outcome.reason)


# What is said of an exercise that is still as the starter has it.
NOT_WRITTEN = "It is not written yet: the line that raises NotImplementedError is still there."


def is_unwritten(what: wire.Raised | None) -> bool:
    """Whether it was raised by the line that the starter has in place of an answer."""
    return what is not None and what.kind == "NotImplementedError" and what.own


# What is raised where there is not the memory; the text tells of the machine.
STARVED = ("MemoryError", "ResourceExhaustedError")


def place(spot: wire.Spot | None) -> Place | None:
    """The report's form of a place in the notebook."""
    return Place(spot.cell, spot.line) if spot is not None else None


def raised(
    what: wire.Raised, quoting: Quoting, *, early: bool = False, when: When = "called"
) -> str:
    """One sentence about an exception, and one about its cause where that is known.

    early: it was raised before any hidden input was there. when: while what was done.
    """
    if is_unwritten(what):
        return NOT_WRITTEN
    kind = quoting.kind(what.kind)
    text = quoting.early_text(what) if early else quoting.text(what)
    bound = quoting.cause(text) if kind == "NameError" else None
    if bound is not None and bound.spot is not None:
        why = _cause(bound, bound.spot, quoting)
    else:
        why = quoting.why(what, when)
    quoted = bool(text) and kind != OWN_KIND and (early or not what.own)
    if why and _STORY.search(text):
        quoted = False
    sentence = f"{STOPS}{kind}"
    if quoted:
        sentence += f": {_STORY.split(text)[0].rstrip(' ;:')}"
    sentence = sentence.rstrip(". ") + "."
    if not why and what.own:
        why = "" if quoted else "A line of your own stopped it on purpose."
    elif not why:
        why = _TRIED[when]
    return f"{sentence} {why}".rstrip()


def _cause(what: wire.Raised, spot: wire.Spot, quoting: Quoting) -> str:
    """One sentence about the statement that should have bound a name."""
    words = f"What was to define it stops in cell {spot.cell}, line {spot.line}, with"
    text = quoting.early_text(what)
    return f"{words} {quoting.kind(what.kind)}" + (f": {text}" if text else "").rstrip(". ") + "."


def failure(reply: wire.Failure, quoting: Quoting) -> NoAnswer:
    """A call that gave no value, as the student should read it."""
    said, where = "", None
    if reply.raised is not None:
        told = quoting.rationed(reply.raised)
        where = place(told.spot)
        said = raised(told, quoting, when="made" if reply.reason == "making" else "called")
    what = _article(quoting.type_name(reply.detail))
    words = {
        "raised": said,
        "making": f"The loss can't be made. {said}",
        "builtin": "It hands the work to a built-in loss. The exercise is to write it yourself.",
        "not a value": _not_a_value(reply.detail, what, quoting),
        "not a loss": _not_a_loss(reply.detail, what, quoting),
        "no gradient": (
            "The result does not depend on y_pred as far as TensorFlow can see, so no model can "
            "learn from it. NumPy, float(), the method numpy() or tf.stop_gradient on the way does "
            "that."
        ),
        "too large": "The result is far larger than what went in.",
    }
    text = words[reply.reason]
    refused = quoting.rationed(reply.refused) if reply.refused is not None else None
    if (
        refused is not None
        and reply.raised is not None
        and quoting.same_cause(refused, reply.raised)
    ):
        refused = None
    if refused is not None and (besides := quoting.why(refused)):
        text = f"{text} Besides, Keras can't call the object: {besides[0].lower()}{besides[1:]}"
    unwritten = reply.reason in _QUOTING and is_unwritten(reply.raised)
    return NoAnswer(text, CheckStatus.ERROR, where, reply.reason, unwritten=unwritten)


def _not_a_value(kind: str, what: str, quoting: Quoting) -> str:
    spec, form = quoting.situation.spec, quoting.situation.form
    if kind == "NoneType":
        return "It returns nothing. Is a `return` missing?"
    if kind == "function" and spec is not None and spec.kind is Kind.FUNCTION:
        return (
            f"`{spec.name}` gives back a function, so it makes a loss and is none itself. The "
            "exercise asks for the loss, which is called with y_true and y_pred and gives values."
        )
    if kind == "function" and spec is not None and spec.kind is Kind.CLASS:
        return (
            "`call` gives back a function where values are expected. Does something in it make a "
            "loss, which is then to be called with y_true and y_pred?"
        )
    if kind == "function":
        return (
            "It returns a function where a loss is expected. Is this name meant to be called once "
            "more?"
        )
    if kind == "tuple" and form is not None and form.gives == "row of one":
        return (
            "It returns a row of one thing (a tuple) where one tensor is expected. A comma behind "
            "a value makes one of it: is there one?"
        )
    if kind == "tuple" or (form is not None and form.gives == "pair"):
        return (
            "It returns several things side by side (a tuple) where one tensor is expected. What "
            "should become of them before they are returned?"
        )
    if form is not None and form.gives == "list":
        return "It returns a list where a tensor is expected. Are the brackets of a list needed?"
    if kind == "list":
        return (
            "It returns a list where a tensor is expected. TensorFlow's operations take all "
            "elements of a tensor at once and give a tensor back, so that no list has to be filled."
        )
    if kind in _UNFINISHED:
        return f"{_UNFINISHED[kind]} What should it give back?"
    return f"It returns {what} where a tensor is expected."


def _not_a_loss(kind: str, what: str, quoting: Quoting) -> str:
    spec, form = quoting.situation.spec, quoting.situation.form
    if kind == "NoneType":
        return "It returns nothing where a loss function is expected. Is a `return` missing?"
    if kind in _UNFINISHED:
        return f"{_UNFINISHED[kind]} What should it give back?"
    if form is not None and form.what == "function" and form.required + len(form.takes) > 3:
        name = spec.hyperparameter if spec is not None else "number"
        return (
            "It returns a value where a loss function is expected: it takes y_true and y_pred "
            f"itself. It is to be given the {name} alone, and to give back a function of the two."
        )
    if kind == "str":
        return (
            "It returns a text where a loss function is expected. A name without quotes stands for "
            "the function itself."
        )
    if kind in _TENSORS:
        return (
            "It returns a value where a loss function is expected. The function itself is to be "
            "returned, without calling it."
        )
    return f"It returns {what} where a loss function is expected."


def _article(noun: str) -> str:
    if noun == "something else" or noun.startswith(("a ", "an ")):
        return noun
    return f"an object of type {noun}" if noun else "something"
