"""Puts what the worker reports of a student's code into words for that student.

The words are ours; what may be quoted of the student's is decided in `quoting`.
"""

from __future__ import annotations

from grader.judging import advice
from grader.judging.quoting import OWN_KIND, Quoting
from grader.kit.asking import NoAnswer
from grader.report import NOT_WRITTEN, CheckStatus, Place
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

# What TensorFlow calls its tensors.
_TENSORS = frozenset(("EagerTensor", "SymbolicTensor", "Tensor", "ResourceVariable"))


def lost(outcome: Lost) -> NoAnswer:
    """A call during which the child was lost."""
    status = CheckStatus.TIMEOUT if outcome.reason == "timeout" else CheckStatus.CRASHED
    # Other details come from what the student's code printed, which may be anything.
    signal = f" ({outcome.detail})" if outcome.detail.startswith("signal ") else ""
    text = _LOST[outcome.reason].format(signal=signal)
    return NoAnswer(text, status, reason=outcome.reason)


# What is raised where there is not the memory; the text tells of the machine.
STARVED = ("MemoryError", "ResourceExhaustedError")


def place(spot: wire.Spot | None) -> Place | None:
    """The report's form of a place in the notebook."""
    return Place(spot.cell, spot.line) if spot is not None else None


def raised(
    what: wire.Raised, quoting: Quoting, *, early: bool = False, while_made: bool = False
) -> str:
    """One sentence about an exception, and advice where the cause is well known.

    early: it was raised before any hidden input was there. while_made: a wrapper or class
    raised it, and not the loss that it makes.
    """
    if what.kind == "NotImplementedError" and what.own:
        return NOT_WRITTEN
    kind = quoting.kind(what.kind)
    text = quoting.early_text(what) if early else quoting.text(what)
    quoted = bool(text) and kind not in (OWN_KIND, *STARVED) and (early or not what.own)
    sentence = f"It stops with {kind}"
    if quoted:
        sentence += f": {text}"
    sentence = sentence.rstrip(". ") + "."
    cause = quoting.cause(text) if kind == "NameError" else None
    if cause is not None and cause.spot is not None:
        told = _cause(cause, cause.spot, quoting)
    else:
        told = advice.on(what, quoted=quoted, while_made=while_made)
    return f"{sentence} {told}".rstrip()


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
        said = raised(told, quoting, while_made=reply.reason == "making")
    what = _article(quoting.type_name(reply.detail))
    words = {
        "raised": said,
        "making": f"The loss can't be made. {said}",
        "builtin": "It hands the work to a built-in loss. The exercise is to write it yourself.",
        "not a value": _not_a_value(reply.detail, what),
        "not a loss": _not_a_loss(reply.detail, what),
        "no gradient": (
            "The result does not depend on y_pred as far as TensorFlow can see, so no model can "
            "learn from it. NumPy, float(), the method numpy() or tf.stop_gradient on the way does "
            "that."
        ),
        "too large": "The result is far larger than what went in.",
    }
    return NoAnswer(words[reply.reason], CheckStatus.ERROR, where, reply.reason)


def _not_a_value(kind: str, what: str) -> str:
    if kind == "NoneType":
        return "It returns nothing. Is a `return` missing?"
    if kind == "function":
        return (
            "It returns a function where a loss is expected. Is this name meant to be called once "
            "more?"
        )
    return f"It returns {what} where a tensor is expected."


def _not_a_loss(kind: str, what: str) -> str:
    if kind == "NoneType":
        return "It returns nothing where a loss function is expected. Is a `return` missing?"
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
