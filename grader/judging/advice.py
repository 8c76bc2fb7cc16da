"""What a teaching assistant would say about an exception whose cause is well known.

The text of an exception chooses the words here, and is never part of them: it may hold what
students must not read.
"""

from __future__ import annotations

import re

from grader.worker import wire

_BACKEND_GONE = (
    "abs|all|any|argmax|binary_crossentropy|categorical_crossentropy|clip|concatenate|constant"
    "|cos|dot|equal|exp|expand_dims|flatten|greater|greater_equal|less|less_equal|log|max"
    "|maximum|mean|min|minimum|not_equal|ones|ones_like|pow|prod|relu|reshape|round|shape|sigmoid"
    "|sign|sin|softplus|sqrt|square|squeeze|std|sum|switch|tanh|transpose|var|zeros|zeros_like"
)

_DEFAULTS_NEEDED = (
    "It is made with its threshold or margin and nothing else, so every other parameter needs a "
    "default."
)

# While a loss is made there are no tensors yet, and the same sentences mean something else.
_WHILE_MADE = {
    re.compile(r"name 'y_(?:true|pred)' is not defined"): (
        "There are no tensors yet while the loss is made: the function itself is to be returned, "
        "without calling it."
    ),
    re.compile(r"_with_(?:threshold|margin)\(\) (?:missing|takes)"): _DEFAULTS_NEEDED,
}

_BY_TEXT = {
    re.compile(rf"module '[\w.]*backend[\w.]*' has no attribute '(?:{_BACKEND_GONE})'"): (
        "This is no mistake in your formula. Keras 3 took that function out of its backend "
        "module. Use tf.square, tf.maximum, tf.reduce_mean and their like."
    ),
    re.compile(r"module '[\w.]+' has no attribute"): (
        "There is no function of that name in it. Is it a typo, or does it stand elsewhere?"
    ),
    re.compile(r"'SymbolicTensor' object has no attribute|Cannot convert a symbolic"): (
        "While a model is trained a tensor stands for values that come later, so NumPy and "
        ".numpy() have nothing to read. Stay with TensorFlow's operations."
    ),
    re.compile(r"symbolic `?tf.Tensor`? as a Python|truth value of an array"): (
        "Python's `if`, `and`, `max` and `min` need one answer, and a tensor has many: tf.where, "
        "tf.maximum and tf.minimum choose element by element."
    ),
    re.compile(
        r"len is not well defined for a symbolic|None values not supported"
        r"|'NoneType' object cannot be interpreted|Cannot infer argument `num`"
    ): (
        "While a model is trained the size of the batch is not known beforehand, so len() and "
        "y_pred.shape have no number for it. TensorFlow's own operations work all the same."
    ),
    re.compile(r"unknown rank"): (
        "In a graph the size of the batch is not known beforehand, and so a squeeze leaves open "
        "how many dimensions there are. Let the tensors keep the shape they come in."
    ),
    re.compile(
        r"must have the same dtype|does not match type|expected to be a \w+ tensor but is a"
        r"|Tensor conversion requested dtype"
    ): (
        "Numbers of two types meet here: whole numbers, float32 or float64. Write whole "
        "numbers with a point where TensorFlow is strict, and let all have the type of y_pred."
    ),
    re.compile(r"only supports singleton tf\.Variable"): (
        "A tf.Variable can't be made anew in every call. The loss needs none: a plain number "
        "will do."
    ),
    re.compile(r"No gradients provided for any variable"): (
        "The result does not depend on the model as far as TensorFlow can see. NumPy, float(), "
        "the method numpy() or tf.stop_gradient on the way does that."
    ),
    re.compile(r"Argument `name` must be a string"): (
        "Keras took the number for the loss's name. Is there an `__init__`, spelled so, that "
        "takes the number and keeps it, and does not hand it on to Keras?"
    ),
    re.compile(r"Invalid value for argument `reduction`"): (
        "Keras 3 has no AUTO and takes the mean by itself: leave the argument out."
    ),
    re.compile(r"Could not interpret loss identifier"): (
        "Keras can't use it as a loss: it is neither a function nor an object of a subclass "
        "of Loss."
    ),
    re.compile(r"Attempt to convert a value \(None\)"): (
        "`call` returns nothing. Is a `return` missing?"
    ),
    re.compile(r"'super' object"): (
        "`super` is a function: it has to be called before its `__init__` is."
    ),
    re.compile(r"__call__\(\) takes"): (
        "`__call__` belongs to Keras, which hands it more than the two tensors. The formula "
        "belongs into `call`."
    ),
    re.compile(r"(?:__init__|\A(?:MyHuber|Contrastive)Loss)\(\) (?:missing|takes)"): (
        _DEFAULTS_NEEDED
    ),
    re.compile(r"_with_(?:threshold|margin)\(\) (?:missing|takes)"): (
        "That function makes a loss out of a threshold or margin, and is no loss itself: call it "
        "with one number, and what it returns with the two tensors."
    ),
    re.compile(r"(?:\A(?:my_huber|contrastive)_loss|\.call)\(\) (?:missing|takes)"): (
        "A loss is called with y_true and y_pred and nothing else; in a class `self` comes first."
    ),
    re.compile(r"\(\) missing \d|positional arguments? but"): (
        "Count what it is called with, and look where its brackets close."
    ),
    re.compile(r"values to unpack"): (
        "A line takes something apart into another number of pieces than it has. The shape of "
        "a tensor has as many as there are dimensions, and that can be any number."
    ),
    re.compile(r"out of (?:bounds|range)|split_dim|out_of_range"): (
        "It looks for a row, column or axis that is not there. y_true and y_pred come in one "
        "shape and may be a single column: one number for each sample."
    ),
    re.compile(r"[Ii]ncompatible shapes|Dimensions must be equal|must be equal rank"): (
        "Two tensors do not fit together. Print their shapes, and see which step changes one."
    ),
}

_BY_KIND = {
    "NameError": "Is it a typo, or defined in a cell that you did not hand in?",
    "UnboundLocalError": "A name is used before it gets its value on every path.",
    "ModuleNotFoundError": "The loss should need nothing but TensorFlow and NumPy.",
    "RecursionError": "Does the function call itself?",
    "MemoryError": "It needed more memory than there is for a whole class.",
    "ResourceExhaustedError": "It needed more memory than there is for a whole class.",
    "OperatorNotAllowedInGraphError": (
        "Python's `if`, `and`, `max`, `min` or a loop needs a value, and while a model is trained "
        "a tensor has none yet. TensorFlow's operations take the whole tensor at once."
    ),
    "NotImplementedError": (
        "Keras calls the method `call` of a loss object. Does your class have one, spelled so?"
    ),
}

# So that nobody is left with the mere name of an exception.
_LAST = "Try it on two small tensors of your own, once directly and once inside a tf.function."


def on(what: wire.Raised, *, quoted: bool, while_made: bool = False) -> str:
    """The advice on an exception.

    quoted: whether its text is shown; if not, there is some. while_made: whether a wrapper or
    class raised it before any tensor was there.
    """
    first = _WHILE_MADE if while_made else {}
    for pattern, words in (*first.items(), *_BY_TEXT.items()):
        if pattern.search(what.text):
            return words
    if what.own:
        return "" if quoted else "A line of your own stopped it on purpose."
    return _BY_KIND.get(what.kind, "" if quoted else _LAST)
