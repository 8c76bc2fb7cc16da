"""What a student is told of the one slip in an answer: where to look, and what to ask there.

The words point and ask. They never say what the edit is, nor what would be right: finding
that is the exercise.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.judging.mending.finding import Mended
from grader.kit.exercises import ExerciseSpec, Kind
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
        "There is no function of this name in that place. Where does what you import or call here "
        "live in today's version?"
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
    "self": "Is this what belongs to the object, or is it something else of the same name?",
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


# What the edit adds or takes away says more than its kind alone.
_ADDED: dict[wire.Step, str] = {
    "absolute value": (
        "A value keeps its sign here. Does the formula go by the sign, or by the size alone?"
    ),
    "power": "A power is missing here. What does the formula do with this value last?",
    "division": "A division is missing here. By what does the formula divide, and what?",
    "product": "A factor is missing here. By what does the formula multiply this, and where?",
    "mean": "Nothing makes one number of many here. What should come back for a whole batch?",
    "maximum": "This can go below zero here. What should become of it then?",
    "root": "A root is missing here. What does the formula do with this value?",
    "type": "Of which type is this, and of which type is what it meets?",
    "choice": "Nothing chooses here which part counts. When does which one?",
}
_TAKEN: dict[wire.Step, str] = {
    "absolute value": "An absolute value is taken here. Does the formula take one at this place?",
    "power": "A power is taken here. Does the formula have one at this place?",
    "division": "There is a division here that the formula does not have. Which one is it?",
    "product": "There is a factor here that the formula does not have. Which one is it?",
    "mean": "A mean is taken here. Does the exercise ask for one?",
    "sum": "A sum is taken here. Does the exercise ask for one?",
    "maximum": "Something is limited here that the formula does not limit. What is it?",
    "minimum": "Something is limited here that the formula does not limit. What is it?",
    "root": "A root is taken here. Does the formula have one at this place?",
    "type": "The type changes here. Of which type is what goes in, and what has to come out?",
    "shape": "The shape changes here. In which shape do y_true and y_pred come, and what fits?",
}
# What beginners write for a sign of Python.
_NO_SIGNS = frozenset({"=<", "=>", "=!", "<>", "&&", "||", "***", "~="})
_FUNCTION: dict[tuple[wire.Step, wire.Step], str] = {
    ("minimum", "maximum"): "This takes the smaller of two. Which of the two should be left?",
    ("maximum", "minimum"): "This takes the larger of two. Which of the two should be left?",
    ("sum", "mean"): "A sum over the batch grows with the batch. What does the exercise ask for?",
    ("mean", "sum"): "Here the mean of several is taken. What does the formula do with them?",
}


def told(
    mended: Mended,
    spec: ExerciseSpec,
    may_be_said: Callable[[str], bool] = lambda _: False,
    *,
    diagnosed: bool = False,
) -> Slip | None:
    """The slip as the report has it; None where repairs do not agree on a place.

    may_be_said: whether a name stands in the notebook. diagnosed: whether a misconception is
    named, which says what is wrong; the place is all that is left to say.
    """
    if not mended.spans:
        return None
    first, *others = mended.spans
    words = _words(mended, spec, may_be_said, diagnosed=diagnosed)
    if others and mended.kind in _PAIRS and not mended.change.order:
        words = f"This and {_where(first, others[0])} do not fit together. {_PAIRS[mended.kind]}"
    elif others:
        words = f"Look here, and at {_where(first, others[0])}. {words}"
    beside = _span(others[0]) if others else None
    return Slip(mended.kind, words, _span(first), beside)


def unplaced(mended: Mended) -> str:
    """What can be said of a slip that has several possible places; empty if that is nothing."""
    return _UNPLACED.get(mended.kind, "")


def _words(
    mended: Mended, spec: ExerciseSpec, may_be_said: Callable[[str], bool], *, diagnosed: bool
) -> str:
    kind, change = mended.kind, mended.change
    name = change.name if all(may_be_said(each) for each in change.name.split(".")) else ""
    if kind == "statement" and name:
        return (
            f"`{name}` is given a value here. What did it stand for before this line, and what "
            "should it stand for after it?"
        )
    if said := _of_signs(kind, change, name):
        return said
    if diagnosed:
        return WORDS[kind] if spec.kind is Kind.CLASS or kind != "self" else WORDS["name"]
    match kind:
        case "character" if change.invisible:
            return (
                "A character stands here that nobody sees, and Python can't read the line because "
                "of it. Delete the line's beginning, and type it anew."
            )
        case "character" if change.numbered:
            return (
                "Numbers stand in front of the lines, which came along when they were copied. "
                "Python takes them for code."
            )
        case "spelling" if not change.name:
            return (
                "A word is missing at the beginning of this line. With which one does a definition "
                "begin?"
            )
        case "parameter" if "self." in change.name:
            return (
                "A parameter is a plain name. What belongs to the object is there anyway, and "
                "needs no parameter of its own."
            )
        case "spelling" if change.glued:
            return "Two words run together here, and Python takes them for one."
        case "character" if change.name == ",":
            return (
                "In Python a comma parts two things from each other. Is that meant here, inside a "
                "number?"
            )
        case "operator" if change.name in _NO_SIGNS:
            return f"Python has no sign that is written `{change.name}`. How is it written?"
        case "dropped step" if change.name == "-":
            return "A minus stands in front of this alone, and turns it round. Is that meant?"
        case "super" if change.name.startswith("super"):
            return (
                "Look at this call of Keras' own `__init__`: how is it written, and what does it "
                "need from you?"
            )
        case "self" if spec.kind is not Kind.CLASS:
            return WORDS["name"]
        case "self" if not change.name:
            return "A method is handed the object first, before all else. Does this one take it?"
        case "parameter" if change.swapped and not change.order:
            return (
                "Look at the order of the parameters. Whoever calls this goes by the order alone: "
                "what is handed over first, and what second?"
            )
        case "argument" if change.order:
            return (
                "Look at the order in which y_true and y_pred are handed on here, and at the order "
                "in which they are taken there. Do the two fit together?"
            )
        case "parameter" | "exchange" if change.order:
            return (
                "Look at the order of y_true and y_pred: a loss is handed y_true first, and then "
                "y_pred. Which of them is which here?"
            )
        case "added step" if change.adds in _ADDED:
            return _ADDED[change.adds]
        case "dropped step" if change.takes in _TAKEN:
            return _TAKEN[change.takes]
        case "function" if (change.takes, change.adds) in _FUNCTION:
            return _FUNCTION[change.takes, change.adds]
        case "function" if name.startswith(("np.", "numpy.")):
            return (
                f"`{name}` is NumPy's, and while a model is trained TensorFlow can't follow what "
                "NumPy does. Which library has such a function that it can follow?"
            )
        case "function" if change.takes and change.takes == change.adds and name:
            return (
                f"Python's own `{name}` is not made for tensors. Which function of TensorFlow does "
                "the same, element by element or for all of them?"
            )
        case "argument" if change.name == "axis":
            return (
                "`axis` says here over which elements the function goes. Which ones should it be?"
            )
        case "constant" if change.takes in {"division", "product"}:
            return _TAKEN[change.takes]
        case "constant" if change.given:
            return (
                f"This number is the same for every {spec.hyperparameter}. Where is the one that "
                "was given?"
            )
        case "brackets" if name:
            return (
                f"Look at the brackets of `{name}`: what is worked out inside them, and what "
                "outside? Compare that with the formula."
            )
        case "gone" if "." in name:
            return _NAMED[kind].format(name=name)
        case "spelling" | "name" | "import" | "dropped step" | "function" if name:
            return _NAMED[kind].format(name=name)
    return WORDS[kind]


def _of_signs(kind: wire.EditKind, change: wire.Change, name: str) -> str:
    """What is said of a comma or of brackets, whatever is known besides; empty if it is neither.

    name: what the change is about, if it may be said.
    """
    match kind:
        case "dropped step" if change.name == ",":
            return (
                "A comma behind a value makes a row of one thing of it (a tuple), at the end of a "
                "line too. Is the comma meant?"
            )
        case "operator" if change.name == ",":
            return (
                "A comma parts two things here, and each stands for itself. Should something be "
                "worked out with the two?"
            )
        case "operator" if change.between:
            return (
                "A value stands right before brackets here, and nothing between the two. What "
                "should be done with them?"
            )
        case "argument" if change.name in {"(", "["}:
            return (
                "Brackets of their own hold several things together here, so that they are handed "
                "over as one. How many does the function take?"
            )
        case "brackets" if change.name == "[":
            return (
                "Square brackets pick something out of a list or tensor. Which brackets call a "
                "function?"
            )
        case "brackets" if change.comma and name:
            return (
                f"Look at the comma in the brackets of `{name}`: which two things does it part "
                "here, and which two should it?"
            )
        case "brackets" if change.unparted and name:
            return (
                f"`{name}` is handed one thing more than it works with. What should stand inside "
                "its brackets, and what should be done with the rest?"
            )
    return ""


# Where there are many places, and something runs through all of them.
_UNPLACED: dict[str, str] = {
    **dict.fromkeys(
        ("parameter", "exchange"),
        "Follow y_true and y_pred from where they come in to where they are used: which of them is "
        "which, line by line?",
    ),
    **dict.fromkeys(
        ("name", "spelling"), "Follow each variable from where it gets its value: who reads it?"
    ),
    **dict.fromkeys(
        ("self", "store"),
        "Follow what the object is made with from `__init__` to the formula, line by line.",
    ),
    "raise": "Your code stops on purpose, before there is an answer: when does it, and should it?",
    "type": "Follow the types of the numbers from line to line: where does one change?",
}
# Where two places say the same thing in two ways.
_PAIRS: dict[str, str] = {
    **dict.fromkeys(
        ("spelling", "parameter", "definition"),
        "Should one name stand in both? Compare them letter by letter.",
    ),
    "name": "Which variable is meant in each of the two?",
    "store": "What does the object keep, and under which name is it read?",
    "self": "Which of them belongs to the object, and which to one method alone?",
}
_NAMED: dict[str, str] = {
    "spelling": "`{name}` is not the name that you mean. Compare it letter by letter.",
    "name": "`{name}` stands here. Is it what you mean, or is it something else?",
    "gone": (
        "There is no `{name}` in today's version. Where does the function live that does the same?"
    ),
    "dropped step": "`{name}` is called here. Is that a step of the formula, at this place?",
    "function": "Does `{name}` do here what the formula says?",
    "import": "`{name}` is used, and nothing in the notebook says where it comes from.",
}


def _where(first: wire.Span, other: wire.Span) -> str:
    cell = f"cell {other.cell}, " if other.cell != first.cell else ""
    return f"{cell}line {other.line}"


def _span(span: wire.Span) -> Span:
    return Span(span.cell, span.line, span.column, span.end_line, span.end_column)
