"""Of the line that stopped, by what stands in it."""

from __future__ import annotations

from grader.kit.cause import Cause

_DTYPES = (
    r"must have the same dtype|does not match type|expected to be a \w+ tensor but is a"
    r"|Tensor conversion requested dtype|cannot compute \w+ as input|Value for attr|list of allowed"
    r"|Expected bool|of dtype bool|Cannot convert .* to EagerTensor|has DataType|TensorFlow bool"
)
_EACH = "tf.where, tf.maximum and tf.minimum choose element by element."

# Functions that take two or three things, and would take a list of them for one.
_TWO = (
    r".*\b(?:where|maximum|minimum|pow|add|subtract|multiply|divide|less|less_equal|greater"
    r"|greater_equal)"
)

_NO_NAME = r"string or bytes-like|as a Python `?bool|symbolic"

_ONE_TOO_MANY = (
    "`{name}` works with fewer things than it is given here. What stands last in its brackets is "
    "taken for a name, and is none. What was to be done with it?"
)
_AS_ONE = (
    "What `{name}` is given is a row of several things (a list or tuple), and so is one thing. How "
    "many does `{name}` take?"
)

# fmt: off
LINES = (
    Cause(
        "super not called",
        "`super` is a function: it has to be called before its `__init__` is.",
        name=r"super\.__init__",
    ),
    Cause(
        "super with self",
        "`super().__init__` is given `self` in its brackets. super() knows the object already, and "
        "Keras takes what stands there for something else.",
        name=r"super\(\)\.__init__", sets_up=("with self",),
    ),
    Cause(
        "super with values",
        "What stands in the brackets of `super().__init__` goes to Keras, which takes it for "
        "something of its own, such as the loss's name. The {hyper} is no business of Keras.",
        name=r"super\(\)\.__init__", sets_up=("with values",),
    ),
    Cause(
        "reduction of Keras 2",
        "This way to say it is gone. Keras takes the mean over the batch by itself: nothing needs "
        "to be said about a reduction.",
        node=("call",), name=r"super\(\)\.__init__", text=r"argument `reduction`",
    ),
    Cause(
        "reduction of Keras 2",
        "This way to say it is gone. Keras takes the mean over the batch by itself: nothing needs "
        "to be said about a reduction.",
        node=("attribute",), name=r".*Reduction(?:\.\w+)?|.*\.AUTO",
    ),
    Cause(
        "super with a keyword",
        "What stands in the brackets of `super().__init__` goes to Keras, which knows no such "
        "thing. The {hyper} is no business of Keras.",
        node=("call",), name=r"super\(\)\.__init__|super\(.*\)\.__init__",
        text=r"unexpected keyword argument",
    ),
    Cause(
        "caret",
        "`^` is no power in Python: it compares the bits of whole numbers. Powers have another "
        "sign.",
        node=("operator",), name=r"\^",
    ),
    Cause(
        "gives nothing",
        "`{nothing}` gives nothing back, and this line computes with what it gives. Is a `return` "
        "missing in it?",
        nothing=True, text=r"None|NoneType",
    ),
    Cause(
        "size of the batch",
        "`{empty}` holds nothing here. It comes from a shape, and while a model is trained the "
        "size of the batch is not known beforehand. TensorFlow has functions that need no size.",
        empty=True, text=r"None|NoneType",
    ),
    Cause(
        "axis is a tensor",
        "`{name}` makes one value of one tensor. What stands second in its brackets says along "
        "which axis, and here that is another tensor. What was to be done with the two?",
        node=("call",), name=r".*\breduce_\w+|.*\bmean|.*\bsum", least=2, text=_DTYPES,
    ),
    Cause(
        "where alone",
        "With a condition alone, `where` gives the places at which it holds, as whole numbers. It "
        "takes two more things: what to choose where it holds, and what elsewhere.",
        given=("places",),
    ),
    Cause(
        "taken for a name",
        _ONE_TOO_MANY,
        node=("call",), module=r".+", least=2, text=_NO_NAME,
        name=r".*\b(?:abs|square|sqrt|exp|log|negative)",
    ),
    Cause(
        "taken for a name",
        _ONE_TOO_MANY,
        node=("call",), module=r".+", least=3, text=_NO_NAME,
        name=r".*\b(?:maximum|minimum|pow|add|subtract|multiply|divide|(?:less|greater)(?:_equal)?)",
    ),
    Cause(
        "handed over as one",
        _AS_ONE,
        node=("call",), name=_TWO, given=("list", "pair"),
        text=r"\(\) missing|Missing required|x and y",
    ),
    Cause(
        "handed over as one",
        _AS_ONE,
        node=("call",), name=_TWO, given=("list", "pair"), most=1,
        text=_DTYPES,
    ),
    Cause(
        "one arm of where",
        "`{name}` is given one thing to choose here, and needs two: what to take where the "
        "condition holds, and what elsewhere.",
        node=("call",), name=r".*\bwhere", text=r"must both be non-None|[Bb]oth x and y|x and y",
    ),
    Cause(
        "no condition",
        "What stands first in the brackets of `{name}` has to say True or False for each element, "
        "as a comparison does. Here it does not.",
        node=("call",), name=r".*\bwhere",
        # The others are counted too: a condition is the first.
        text=r"(?<!#[12]\(zero-based\) was expected )to be a bool|type of bool|dtype bool"
        r"|Expected bool",
    ),
    Cause(
        "truth as a number",
        "A comparison gives True and False, which TensorFlow does not compute with. They have to "
        "be made into numbers first, or a function has to choose by them.",
        node=("operator", "call"), given=("truth", "truths"), text=_DTYPES + r"|bool",
    ),
    Cause(
        "truth of a tensor",
        "`{name}` goes one way or the other for all elements together, so its condition has to be "
        "one answer, and a tensor has one for each element: " + _EACH,
        node=("call",), name=r".*\bcond",
    ),
    Cause(
        "asked at the keyboard",
        "`{name}` waits until somebody types something, and nobody does while a model is trained. "
        "A loss works with what it is given.",
        node=("call",), name=r"input",
    ),
    Cause(
        "truth of a tensor",
        "Python's own `{name}` needs one answer, and a tensor has one for each element: " + _EACH,
        node=("call",), name=r"max|min|any|all|bool|sorted",
    ),
    Cause(
        "truth of a tensor",
        "Python's `if`, `and`, `not` and chains of comparisons need one answer, True or False, and "
        "a tensor has one for each element: " + _EACH,
        node=("test",),
    ),
    Cause(
        "number of a tensor",
        "`{name}` makes one plain number, and a tensor has many. Leave the tensor as it is.",
        node=("call",), name=r"float|int|math\.\w+|round",
    ),
    Cause(
        "length of the batch",
        "While a model is trained the size of the batch is not known beforehand, so `len` has no "
        "answer. Is there a function that needs none?",
        node=("call",), name="len",
    ),
    Cause(
        "a loop over the batch",
        "A loop in Python needs to know how many there are, and while a model is trained the size "
        "of the batch is not known beforehand. TensorFlow's operations take all elements at once.",
        node=("loop",),
    ),
    Cause(
        "a loop over the batch",
        "`{name}` needs to know how many there are, and while a model is trained the size of the "
        "batch is not known beforehand. TensorFlow's operations take all elements at once.",
        node=("call",), name=r".*\b(?:unstack|split)|range|zip|enumerate|list",
    ),
    Cause(
        "whole number first",
        "The first of the two is a whole number, and TensorFlow takes the type from there: whole "
        "numbers and float32 do not go together. A number with a point is no whole number.",
        node=("call", "operator"), given=("whole number",), text=_DTYPES,
    ),
    Cause(
        "numbers of two types",
        "Numbers of two types meet here: whole numbers, float32 or float64. y_true and y_pred are "
        "float32, and everything that meets them has to be too.",
        text=_DTYPES,
    ),
    Cause(
        "assigned in place",
        "The elements of a tensor can't be given new values one by one. A function that chooses "
        "element by element makes a new tensor instead.",
        node=("subscript",), text=r"item assignment|scalar index|scalar tensors?",
    ),
    Cause(
        "called by chance",
        "Brackets right behind a value call it as if it were a function. What should be done with "
        "the two: is a sign missing between them?",
        node=("call",), text=r"is not callable",
    ),
    Cause(
        "called with square brackets",
        "Square brackets behind a function look something up in it, and there is nothing to be "
        "found. Which brackets call a function?",
        node=("subscript",), text=r"'(?:function|builtin_function_or_method|method|type)' object",
    ),
    Cause(
        "a row of things",
        "A row of things side by side (a tuple) stands here where one number or tensor is needed. "
        "A comma makes one, at the end of a line too.",
        text=r"'tuple'",
    ),
    Cause(
        "squeezed",
        "`{name}` takes away dimensions of length 1, and not every tensor that comes in has one. "
        "Let the tensors keep the shape they come in.",
        node=("call",), name=r".*\bsqueeze", text=r"squeeze|[Dd]imension",
    ),
    Cause(
        "arguments missing",
        "`{name}` is given too little: count what stands in its brackets, and look where they "
        "close.",
        node=("call",), text=r"\(\) missing \d|missing required|requires at least|Missing required",
    ),
    Cause(
        "arguments too many",
        "`{name}` is given more than it takes: count what stands in its brackets, and look where "
        "they close. A function inside a class is handed the object first.",
        node=("call",), text=r"takes .*positional arguments?",
    ),
    Cause(
        "keyword of a library",
        "`{name}` knows no argument of the name that it is given here. Look up what it takes.",
        node=("call",), module=r".+", text=r"unexpected keyword",
    ),
    Cause(
        "keyword",
        "`{name}` is called with an argument by a name that is not among its parameters. Compare "
        "the call with the line that defines it.",
        node=("call",), text=r"unexpected keyword",
    ),
)
# fmt: on
