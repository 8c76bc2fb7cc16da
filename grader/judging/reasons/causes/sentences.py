"""By what the exception itself says, where no line of the notebook tells more."""

from __future__ import annotations

from grader.kit.cause import Cause

_EACH = "tf.where, tf.maximum and tf.minimum choose element by element."

# fmt: off
SENTENCES = (
    Cause(
        "numpy in a graph",
        "While a model is trained a tensor stands for values that come later, so NumPy and "
        ".numpy() have nothing to read. Stay with TensorFlow's operations.",
        text=r"'SymbolicTensor' object has no attribute|Cannot convert a symbolic",
    ),
    Cause(
        "truth of a tensor",
        "Python's `if`, `and`, `max` and `min` need one answer, and a tensor has many: " + _EACH,
        text=r"symbolic `?tf.Tensor`? as a Python|truth value of an array|Python `bool`",
    ),
    Cause(
        "a loop over the batch",
        "A loop or an unpacking in Python needs to know how many there are, and while a model is "
        "trained the size of the batch is not known beforehand. TensorFlow's operations take all "
        "elements at once.",
        text=r"Iterating over a symbolic|Cannot infer argument `num`",
    ),
    Cause(
        "size of the batch",
        "While a model is trained the size of the batch is not known beforehand, so a shape has no "
        "number for it. TensorFlow has functions that need no size.",
        text=r"len is not well defined for a symbolic|None values not supported"
        r"|'NoneType' object cannot be interpreted",
    ),
    Cause(
        "rank in a graph",
        "In a graph the size of the batch is not known beforehand, and so a squeeze leaves open "
        "how many dimensions there are. Let the tensors keep the shape they come in.",
        text=r"unknown rank",
    ),
    Cause(
        "a variable in each call",
        "A tf.Variable can't be made anew in every call. The loss needs none: a plain number "
        "will do.",
        text=r"only supports singleton tf\.Variable",
    ),
    Cause(
        "no gradient",
        "The result does not depend on the model as far as TensorFlow can see. NumPy, float(), "
        "the method numpy() or tf.stop_gradient on the way does that.",
        text=r"No gradients provided for any variable",
    ),
    Cause(
        "name of a loss",
        "Keras took the number for the loss's name. Which parameter of `__init__` is it, and is it "
        "handed on to Keras?",
        text=r"Argument `name` must be a string",
    ),
    Cause(
        "no loss for Keras",
        "Keras can't use it as a loss: it is neither a function nor an object of a subclass of "
        "Loss.",
        text=r"Could not interpret loss identifier",
    ),
    Cause(
        "none for a tensor",
        "Something in this line is nothing (None) where a tensor is needed. Does each function "
        "that is called here give something back?",
        text=r"Attempt to convert a value \(None\)|'NoneType'|None values not supported",
    ),
    Cause(
        "unpacked",
        "A line takes something apart into another number of pieces than it has. The shape of "
        "a tensor has as many as there are dimensions, and that can be any number.",
        text=r"values to unpack",
    ),
    Cause(
        "out of range",
        "It looks for a row, column or axis that is not there. y_true and y_pred come in one "
        "shape and may be a single column: one number for each sample.",
        text=r"out of (?:bounds|range)|split_dim|out_of_range|Invalid reduction dimension",
    ),
    Cause(
        "shapes that do not fit",
        "Two tensors do not fit together. Print their shapes, and see which step changes one.",
        text=r"[Ii]ncompatible shapes|Dimensions must be equal|must be equal rank"
        r"|must be broadcast",
    ),
    Cause(
        "recursion",
        "It calls itself without end. Does it call a function of its own name?",
        raised=("RecursionError",),
    ),
    Cause(
        "memory",
        "It needed more memory than there is for a whole class.",
        raised=("MemoryError",),
    ),
    Cause(
        "name of nothing",
        "Is it a typo, or defined in a cell that you did not hand in?",
        raised=("NameError",),
    ),
    Cause(
        "side by side",
        "Several things stand side by side where one tensor is needed, and they are not alike. "
        "Does a comma stand where something else is meant, such as the point in a number?",
        text=r"Shapes of all inputs must match|non-rectangular|setting an array element",
    ),
    Cause(
        "keyword",
        "It is called with an argument by a name that is not among its parameters. Compare the "
        "call with the line that defines it.",
        text=r"unexpected keyword argument",
    ),
    Cause(
        "arguments",
        "Count what it is called with, and look where its brackets close.",
        text=r"\(\) missing \d|positional arguments? but|unexpected keyword",
    ),
    Cause(
        "returned in a part of all cases",
        "In some cases it gives something back and in others not. Each way through the function "
        "needs a `return`.",
        text=r"must also have a return statement|must also return",
    ),
)
# fmt: on
