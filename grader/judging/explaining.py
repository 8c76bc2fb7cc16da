"""Puts what the worker reports of a student's code into words for that student.

The words are ours. Of the student's exceptions only the kind and, masked, the text is
quoted: a number or an unusual word is shown only if it stands in the notebook already, so
that no exception can carry a hidden input into a report.
"""

from __future__ import annotations

import re

from grader.report import CheckStatus, Place
from grader.rubric.asking import NoAnswer
from grader.sandbox import Lost
from grader.worker import wire

MAX_QUOTED = 200

_NUMBER = re.compile(r"[-+]?\d[\w.+-]*")
_SPACE = re.compile(r"\s+")
_GONE_API = re.compile(r"module '[\w.]*backend[\w.]*' has no attribute '(\w+)'")

_LOST = {
    "timeout": "It did not come to an end in the time that it had. Is there an endless loop?",
    "memory": "It needed more memory than there is for a whole class, and was ended.",
    "crashed": "The process that ran it died ({detail}).",
    "exited": "It ended the process that ran it (exit, os._exit or the like) and gave no answer.",
    "protocol": "It disturbed the grader's own channel, so its answer does not count.",
    "output": "It printed without end and was stopped.",
}


def lost(outcome: Lost) -> NoAnswer:
    """A call during which the child was lost."""
    status = CheckStatus.TIMEOUT if outcome.reason == "timeout" else CheckStatus.CRASHED
    text = _LOST[outcome.reason].format(detail=outcome.detail or "for no known reason")
    return NoAnswer(text, status, reason=outcome.reason)


def place(spot: wire.Spot | None) -> Place | None:
    """The report's form of a place in the notebook."""
    return Place(spot.cell, spot.line) if spot is not None else None


def raised(what: wire.Raised, notebook: bytes) -> str:
    """One sentence about an exception, and advice where the cause is well known."""
    if what.kind == "NotImplementedError" and what.own:
        return "It is not written yet: the line that raises NotImplementedError is still there."
    quoted = quote(what.text, notebook)
    sentence = f"It stops with {quote(what.kind, notebook)}"
    sentence += f": {quoted}" if quoted and not what.own else ""
    sentence = sentence.rstrip(". ") + "."
    advice = _advice(what)
    return f"{sentence} {advice}" if advice else sentence


def _advice(what: wire.Raised) -> str:
    if _GONE_API.search(what.text):
        return (
            "This is no mistake in your formula: Keras 3 took that function out of its backend "
            "module. tf.square, tf.maximum, tf.reduce_mean and so on do the same."
        )
    advice = {
        "NameError": "Is it a typo, or defined in a cell that you did not hand in?",
        "UnboundLocalError": "A name is used before it gets its value on every path.",
        "ModuleNotFoundError": "The loss should need nothing but TensorFlow and NumPy.",
        "RecursionError": "Does the function call itself?",
        "OperatorNotAllowedInGraphError": (
            "A Python `if` or `and` on a tensor has no single answer; tf.where chooses element by "
            "element."
        ),
    }
    return advice.get(what.kind, "")


def failure(reply: wire.Failure, notebook: bytes) -> NoAnswer:
    """A call that gave no value, as the student should read it."""
    where = place(reply.raised.spot) if reply.raised is not None else None
    said = raised(reply.raised, notebook) if reply.raised is not None else ""
    detail = quote(reply.detail, notebook)
    words = {
        "raised": said,
        "making": f"The loss can't be made. {said}",
        "builtin": "It hands the work to a built-in loss. The exercise is to write it yourself.",
        "not a value": _not_a_value(reply.detail, detail),
        "not a loss": f"It returns {_article(detail)} and not a loss function.",
        "no gradient": (
            "The result does not depend on y_pred as far as TensorFlow can see, so no model can "
            "learn from it. NumPy, .numpy(), float() or tf.stop_gradient on the way does that."
        ),
        "too large": "The result is far larger than what went in.",
    }
    return NoAnswer(words[reply.reason], CheckStatus.ERROR, where, reply.reason)


def _not_a_value(raw: str, detail: str) -> str:
    if raw == "NoneType":
        return "It returns nothing. Is a `return` missing?"
    if raw == "function":
        return (
            "It returns a function where a loss is expected. Is this name meant to be called once "
            "more?"
        )
    return f"It returns {_article(detail)} where a tensor is expected."


def _article(noun: str) -> str:
    if not noun or noun.startswith(("a ", "an ")):
        return noun or "something"
    return f"an object of type {noun}"


def quote(text: str, notebook: bytes) -> str:
    """Foreign text on one line, cut, with each number that the notebook does not hold masked."""

    def masked(match: re.Match[str]) -> str:
        word = match.group()
        return word if word.encode("utf-8", "replace") in notebook else "…"

    line = _SPACE.sub(" ", text).strip()
    line = _NUMBER.sub(masked, line)
    return line if len(line) <= MAX_QUOTED else line[: MAX_QUOTED - 1] + "…"
