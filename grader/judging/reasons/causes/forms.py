"""Of the form of what was defined: wrong in one line, whatever that stumbles over first."""

from __future__ import annotations

from grader.kit.cause import Cause
from grader.kit.exercises import Kind

_F, _W, _C = Kind.FUNCTION, Kind.WRAPPER, Kind.CLASS
_ARGUMENTS = r"\(\) (?:missing|takes)|positional argument"

# fmt: off
FORMS = (
    Cause(
        "maker for a loss",
        "`{exercise}` makes a function and gives that back. What the exercise asks for is the loss "
        "itself, which is called with y_true and y_pred and gives values.",
        text=_ARGUMENTS, kinds=(_F,), what=("maker",),
    ),
    Cause(
        "loss for a maker",
        "`{exercise}` takes y_true and y_pred itself. What the exercise asks for is made with the "
        "{hyper} alone, and gives back a function of y_true and y_pred.",
        text=_ARGUMENTS, when=("made",), kinds=(_W,), what=("function",), required=2,
    ),
    Cause(
        "function for a class",
        "`{exercise}` is a function here. The exercise asks for a class of that name, with Keras' "
        "Loss in its brackets and the formula in its method `call`.",
        text=_ARGUMENTS, kinds=(_C,), what=("function", "maker"),
    ),
    Cause(
        "object for a class",
        "In the end `{exercise}` stands for one object of the class, and no more for the class "
        "itself. The line that gives the name away needs another name for the object.",
        kinds=(_C,), what=("class",), bound="other callable",
    ),
    Cause(
        "function takes too little",
        "`{exercise}` takes too little: a loss is handed two things, y_true and then "
        "y_pred, without their names. Look at its parameters.",
        text=r"takes [01] positional arguments? but 2", when=("called",), kinds=(_F,),
        what=("function",), outside=True,
    ),
    Cause(
        "what is given back takes too little",
        "What `{exercise}` gives back takes too little: a loss is handed two things, y_true and "
        "then y_pred, without their names. Look at the parameters of the inner function.",
        text=r"takes [01] positional arguments? but 2", when=("called",), kinds=(_W,),
        what=("maker",), outside=True,
    ),
    Cause(
        "function asks for more",
        "`{exercise}` asks for more than y_true and y_pred, and nobody hands that over: a loss is "
        "called with the two tensors and nothing else.",
        text=_ARGUMENTS, when=("called",), kinds=(_F,), what=("function",), required=3,
    ),
    Cause(
        "asks for the number again",
        "The inner function (line {inner_line}) asks for the {hyper} once more, and nobody hands "
        "that over: it is called with y_true and y_pred alone, and sees what the outer one was "
        "given.",
        text=_ARGUMENTS, when=("called",), kinds=(_W,), use=("taken again",),
    ),
    Cause(
        "call without self",
        "`call` (line {inner_line}) is a method, which is handed the object first, and then y_true "
        "and y_pred. It takes one parameter too few for that.",
        text=r"call\(\) takes", kinds=(_C,), what=("class",), first="y_true",
    ),
    Cause(
        "method takes too little",
        "What is to be the method `call` is handed the object first, and then y_true and y_pred. "
        "It takes one parameter too few for that.",
        text=r"takes 2 positional arguments but 3", when=("called",), kinds=(_C,), what=("class",),
        outside=True,
    ),
    Cause(
        "call without an object",
        "`call` (line {inner_line}) takes three things and is handed two. A method is handed the "
        "object before all else, unless the line above its `def` keeps that from it.",
        text=r"call\(\) missing 1 required positional argument: 'y_pred'", when=("called",),
        kinds=(_C,), what=("class",), inner=3, outside=True,
    ),
    Cause(
        "call asks for more",
        "`call` (line {inner_line}) asks for more than y_true and y_pred, and Keras hands nothing "
        "else over. What the object keeps is read through `self`.",
        text=r"call\(\) missing", kinds=(_C,), what=("class",), inner=4,
    ),
    Cause(
        "init takes too little",
        "`__init__` (line {line}) has to take two things: the object itself, mostly called self, "
        "and then the {hyper}. Look at its parameters.",
        text=r"__init__\(\) (?:takes|got multiple)", when=("made",), kinds=(_C,), what=("class",),
        has="__init__",
    ),
    Cause(
        "takes nothing",
        "`{exercise}` is made with its {hyper}, and takes nothing. Where should that come in?",
        text=r"takes 0 positional", when=("made",), kinds=(_W,), what=("function", "maker"),
    ),
    Cause(
        "self in a function",
        "The inner function (line {inner_line}) is no method: nobody hands it an object first. It "
        "is called with y_true and y_pred alone.",
        text=_ARGUMENTS, when=("called",), kinds=(_W,), what=("maker",), inner=3, first="self",
    ),
    Cause(
        "init gives something back",
        "`__init__` is to give nothing back. What it is given is kept in the object by way of "
        "`self`.",
        text=r"__init__\(\) should return None", kinds=(_C,),
    ),
    Cause(
        "no object of Keras",
        "An object can be called like a function if its class has Keras' Loss in its brackets.",
        text=r"object is not callable", kinds=(_C,), what=("class",), outside=True,
    ),
    Cause(
        "made with more",
        "It is made with its {hyper} and nothing else, so every other parameter needs a default.",
        text=r"\w+\(\) (?:missing|takes)", when=("made",), kinds=(_W, _C), outside=True,
    ),
    Cause(
        "no init",
        "The class has no method of the name `__init__`, so that nothing keeps the {hyper}. "
        "Compare the names of your methods with it sign by sign.",
        node=("attribute",), given=("object",), kinds=(_C,), what=("class",), lacks="__init__",
    ),
    Cause(
        "no init",
        "The class has no method of the name `__init__`, so Keras' own is called, and takes the "
        "{hyper} for something else. Compare the names of your methods with it sign by sign.",
        when=("made", "called"), kinds=(_C,), what=("class",), lacks="__init__", outside=True,
    ),
    Cause(
        "own __call__",
        "`__call__` belongs to Keras, which hands it more than the two tensors. The formula "
        "belongs into the method that Keras' `__call__` calls in turn.",
        kinds=(_C,), what=("class",), has="__call__", text=r"__call__\(\)|has no attribute",
    ),
    Cause(
        "no call",
        "The class has no method of the name `call`, which is the one that Keras looks for. "
        "Compare the names of your methods with it.",
        raised=("NotImplementedError", "AttributeError"), kinds=(_C,), what=("class",),
        lacks="call", outside=True,
    ),
    Cause(
        "super with self",
        "`super().__init__` is given `self` in its brackets. super() knows the object already, and "
        "Keras takes what stands there for something else.",
        kinds=(_C,), sets_up=("with self",), outside=True,
    ),
    Cause(
        "super with values",
        "What stands in the brackets of `super().__init__` goes to Keras, which takes it for "
        "something of its own, such as the loss's name. The {hyper} is no business of Keras.",
        kinds=(_C,), sets_up=("with values",), outside=True,
    ),
    Cause(
        "super missing",
        "`__init__` never calls `super().__init__()`, so that the part of the object which belongs "
        "to Keras is not there.",
        raised=("AttributeError",), kinds=(_C,), sets_up=("missing",), outside=True,
    ),
    Cause(
        "super without an effect",
        "The part of the object that belongs to Keras is not there. `__init__` of Keras' Loss is "
        "to be called by way of `super()`: look at how that is written, and whether it is reached.",
        raised=("AttributeError",), kinds=(_C,), what=("class",), has="__init__",
        text=r"has no attribute '(?:name|reduction|_?dtype(?:_policy)?)'", outside=True,
    ),
    Cause(
        "base is an object",
        "What stands in the brackets behind the class's name is called there, and makes an object. "
        "A base class is only named.",
        raised=("TypeError", "ValueError"), node=("class",), given=("called", "object"),
        when=("defined",),
    ),
)
# fmt: on
