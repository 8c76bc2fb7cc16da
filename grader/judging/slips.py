"""What a student is told of the one slip in an answer: where to look, and what to ask there.

The words point and ask. They never say what the edit is, nor what would be right: finding
that is the exercise.
"""

from __future__ import annotations

from grader.judging.mending import Mended
from grader.report import Slip, Span
from grader.worker import wire

WORDS: dict[wire.EditKind, str] = {
    "added step": (
        "One step is missing here. What does the formula do with this value before it goes on?"
    ),
    "argument": "Look at what is handed over here: is anything missing, or more than needed?",
    "base class": "The class is not finished here. Of what kind must it be for Keras to know it?",
    "brackets": "Brackets: what do they hold together here, and what should they?",
    "call": "Should this be called here, or only be named?",
    "cell": "This stands in a cell that is never run. Which kind of cell is it?",
    "character": (
        "Python can't read this line. Go through it sign by sign: brackets, commas, colons, quotes."
    ),
    "comparison": (
        "Look at this comparison: which side should be the larger one, and what if both are equal?"
    ),
    "constant": "Is this the number that it should be, or is there one that was given?",
    "definition": (
        "This is not quite the name that the exercise asks for. Compare the two letter by letter."
    ),
    "deleted": "After this line the name no longer stands for your answer. Is the line needed?",
    "dropped step": "Is this step needed? Think of what the formula says, and what happens here.",
    "exchange": "Which of these belongs where? Look at the order.",
    "function": "Does this function do what the formula says here?",
    "gone": (
        "Today's version has no function of this name in that place. Where does what you import "
        "or call here live now?"
    ),
    "import": "This name is used, and nothing in the notebook says where it comes from.",
    "indent": "Look at how far this is indented: to which part of the code does it belong?",
    "labels": "Which label goes with which term? Try a similar pair, and then one that is not.",
    "method": "Is this the name by which Keras looks for this method?",
    "name": "Is this the variable that you mean here?",
    "operator": "Look at this sign: what should be done with its two sides?",
    "parameter": "Look at the parameters: their names, how many they are, and their order.",
    "raise": "Your code stops on purpose here, before there is an answer. Should it?",
    "return": "The function is not finished here: what does it give back to whoever calls it?",
    "self": "To whom does this value belong: to this method alone, or to the object?",
    "shape": (
        "While a model is trained the size of a batch is not known beforehand. What does this ask "
        "for?"
    ),
    "spelling": "This is not the name that you mean. Compare it letter by letter.",
    "statement": "Is this line needed? Think of what it changes.",
    "store": "What becomes of the number that an object is made with? Follow it from here.",
    "super": "The class is not finished here: who sets up the part of it that belongs to Keras?",
    "type": "Of which type are the numbers here, and of which type should they be?",
}


def told(mended: Mended) -> Slip | None:
    """The slip as the report has it; None where repairs do not agree on a place."""
    if not mended.spans:
        return None
    first, *others = mended.spans
    words = WORDS[mended.kind]
    if others:
        words = f"This and {_where(first, others[0])} do not fit together. {words}"
    beside = _span(others[0]) if others else None
    return Slip(mended.kind, words, _span(first), beside)


def _where(first: wire.Span, other: wire.Span) -> str:
    cell = f"cell {other.cell}, " if other.cell != first.cell else ""
    return f"{cell}line {other.line}"


def _span(span: wire.Span) -> Span:
    return Span(span.cell, span.line, span.column, span.end_line, span.end_column)
