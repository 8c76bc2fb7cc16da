"""Why code of a notebook stopped, and what a teaching assistant would say about that.

The causes are those of Python, NumPy, Keras and TensorFlow, and of the forms that an exercise
can ask for; what can be said of one assignment alone, that brings along. Where no cause
fits nothing is said but what was tried and what came out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.judging.reasons.causes.forms import FORMS
from grader.judging.reasons.causes.lines import LINES
from grader.judging.reasons.causes.names import NAMES
from grader.judging.reasons.causes.sentences import SENTENCES
from grader.kit.cause import Cause, Situation
from grader.worker import wire

GENERAL = (*FORMS, *LINES, *NAMES, *SENTENCES)


def fitting(raised: wire.Raised, situation: Situation) -> Iterator[Cause]:
    """The causes that fit, the one that tells most first."""
    return (cause for cause in (*situation.own, *GENERAL) if cause.fits(raised, situation))


def said(raised: wire.Raised, situation: Situation, may_be_said: Callable[[str], bool]) -> str:
    """What is said of the cause; empty if none is known.

    may_be_said: whether a name stands in the notebook, so that it may be quoted.
    """
    stands, form, spec = raised.stands, situation.form, situation.spec
    quoted = {
        "name": stands.name if stands is not None else "",
        "nothing": stands.nothing if stands is not None else "",
        "empty": stands.empty if stands is not None else "",
        "used": form.used if form is not None else "",
    }
    names = {
        key: name
        for key, name in quoted.items()
        if name and all(may_be_said(part) for part in name.split(".") if part != "super()")
    }
    if form is not None:
        lines = {"line": form.line, "inner_line": form.inner_line}
        names |= {key: str(line) for key, line in lines.items() if line}
    if spec is not None:
        names |= {"hyper": spec.hyperparameter, "exercise": spec.name}
    told = (cause.said(names) for cause in fitting(raised, situation))
    return next((words for words in told if words), "")
