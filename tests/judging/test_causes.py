"""Causes of exceptions: told apart by what stands in the code, and not by what a library says.

Each of these answers is read, executed and called as in a grading, without the wall; what comes
back is put into words as the judge does it.
"""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES
from grader.judging import verdicts
from grader.judging.reasons import causes, explaining
from grader.judging.reasons.quoting import Quoting
from grader.kit.cause import Cause, Situation
from grader.kit.exercises import Kind
from grader.worker import wire
from grader.worker.answering.serving import Conversation
from tests.authoring import reading

ONE = wire.pack(np.ones((4, 1), dtype=np.float32))
_HEAD = "import numpy as np\nimport tensorflow as tf\n"


def said(code: str, *, mode: str = "eager") -> str:
    """What is told of a notebook's first exercise when it is called."""
    named = (each for each in EXERCISES if each.name in code)
    spec = max(named, key=lambda each: len(each.name))
    cells = [new_code_cell(_HEAD, id="a"), new_code_cell(code, id="b")]
    data = nbformat.writes(new_notebook(cells=cells)).encode()
    talk = Conversation()
    contents = talk.answer(wire.Open(data, (spec.name,)))
    assert isinstance(contents, wire.Contents)
    defined = talk.answer(wire.Define((spec.name,)))
    assert isinstance(defined, wire.Defined)
    (definition,) = defined.definitions
    if definition.what not in {"function", "class", "other callable"}:
        sight = verdicts.Sight(definition)
        return verdicts.exercise(ASSIGNMENT, contents.findings[0], sight, evidence=False).message
    make = () if spec.kind is Kind.FUNCTION else (wire.Hyper(0.5),)
    reply = talk.answer(wire.Call(spec.name, (ONE, ONE), mode, make))  # type: ignore[arg-type]
    quoting = Quoting.of(definition, spec, ASSIGNMENT.causes)
    if isinstance(reply, wire.Value):
        assert reply.refused is not None, "it has an answer"
        return explaining.raised(reply.refused, quoting)
    assert isinstance(reply, wire.Failure)
    return str(explaining.failure(reply, quoting))


def function(body: str, name: str = "my_huber_loss") -> str:
    return f"def {name}(y_true, y_pred):\n    error = y_true - y_pred\n    {body}\n"


def wrapper(body: str, inner: str = "y_true, y_pred") -> str:
    return (
        "def contrastive_loss_with_margin(margin):\n"
        f"    def loss({inner}):\n        {body}\n    return loss\n"
    )


def a_class(
    body: str = "return y_pred * self.threshold",
    *,
    init: str = "super().__init__()",
    base: str = "(tf.keras.losses.Loss)",
    call: str = "call(self, y_true, y_pred)",
) -> str:
    return (
        f"class MyHuberLoss{base}:\n"
        "    def __init__(self, threshold=1.0):\n"
        f"        {init}\n        self.threshold = threshold\n\n"
        f"    def {call}:\n        {body}\n"
    )


MAKER = """
def {name}({parameter}):
    def loss(y_true, y_pred):
        return y_pred
    return {returns}
"""

# By what stands in the code: the answer, and what has to be said of it.
KINDS = {
    "a caret for a power": (function("return error ^ 2"), "`^` is no power"),
    "a mean of two arguments": (
        function("return tf.reduce_mean(error, y_pred)"),
        "`tf.reduce_mean` makes one value of one tensor",
    ),
    "where with two arms forgotten": (
        function("return tf.where(error <= 1) * error"),
        "With a condition alone",
    ),
    "one minus a comparison": (
        function("return (1 - (error <= 1)) * error"),
        "A comparison gives True and False",
    ),
    "an if": (function("return error if error <= 1 else y_pred"), "Python's `if`"),
    "and": (function("return error <= 1 and error >= -1"), "Python's `if`, `and`"),
    "Python's own max": (function("return max(error, 0.0)"), "Python's own `max`"),
    "a helper that gives nothing back": (
        "def hinge(d):\n    tf.abs(d)\n\n" + function("return tf.square(hinge(error))"),
        "`hinge` gives nothing back",
    ),
    "a number of a tensor": (function("return float(error)"), "makes one plain number"),
    "a missing argument": (function("return tf.maximum(error)"), "`tf.maximum` is given too"),
    "a forgotten sign": (function("return (1 - y_true)(error)"), "is a sign missing"),
    "assigned in place": (function("error[0] = 1.0; return error"), "can't be given new values"),
    "a name of nothing": (function("return eror"), "No line gives `eror` a value"),
    "an import that is missing": (function("return K.square(error)"), "imports `K`"),
    "PyTorch": (function("return torch.square(error)"), "`torch` is PyTorch"),
    "a method of PyTorch": (function("return error.pow(2)"), "as those of PyTorch or NumPy do"),
    "NumPy's name in TensorFlow": (function("return tf.mean(error)"), "begin with reduce_"),
    "a misspelt function": (function("return tf.sqaure(error)"), "letter by letter"),
    "keras.square": (
        function("return tf.keras.square(error)"),
        "that function stands in another module",
    ),
    "gone from the backend": (
        "from keras import backend as K\n\n" + function("return K.square(error)"),
        "Keras 3 took out",
    ),
    "a pair": (function("return error, y_pred"), "several things side by side"),
    "a list": (function("return [error]"), "It returns a list"),
    "a wrapper under the function's name": (
        MAKER.format(name="my_huber_loss", parameter="threshold=1.0", returns="loss"),
        "makes a function and gives that back",
    ),
    "three arguments for two": (
        "def my_huber_loss(y_true, y_pred, threshold):\n    return y_pred\n",
        "asks for more than y_true and y_pred",
    ),
    "embeddings for distances": (
        "def contrastive_loss(y_true, y_pred):\n    left, right = y_pred\n    return left\n",
        "the distance, already computed",
    ),
    "a loss under the wrapper's name": (
        "def contrastive_loss_with_margin(y_true, y_pred, margin=1.0):\n    return y_pred\n",
        "takes y_true and y_pred itself",
    ),
    "the margin asked for twice": (
        wrapper("return margin - y_pred", "y_true, y_pred, margin"),
        "asks for the margin once more",
    ),
    "a loss that is called too early": (
        MAKER.format(
            name="contrastive_loss_with_margin", parameter="margin", returns="loss(y_true, y_pred)"
        ),
        "the function itself is to be returned",
    ),
    "tensors in a wrapper, and a helper of one value": (
        """def contrastive_loss_with_margin(margin):
    def half(x):
        return x / 2
    return half(margin - y_pred)
""",
        "has to be a function of its own",
    ),
    "tensors while an object is made": (
        """class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold):
        super().__init__()
        self.error = y_true - y_pred
    def call(self, y_true, y_pred):
        def loss(a, b):
            return a - b
        return loss(y_true, y_pred)
""",
        "belongs into what is called with them later",
    ),
    "a condition where a value was meant": (
        function("small = tf.abs(error) <= 1.0\n    return tf.where(small, small, error)"),
        "made into numbers first",
    ),
    "a function under the class's name": (
        "def MyHuberLoss(y_true, y_pred):\n    return y_pred\n",
        "is a function here",
    ),
    "a class rebound to an object": (
        a_class() + "\nMyHuberLoss = MyHuberLoss(0.5)\n",
        "stands for one object of the class",
    ),
    "an object for a base class": (a_class(base="(tf.keras.losses.Loss())"), "is called there"),
    "self handed to super": (a_class(init="super().__init__(self)"), "is given `self`"),
    "the threshold handed to super": (
        a_class(init="super().__init__(threshold)"),
        "no business of Keras",
    ),
    "super not called": (a_class(init="super.__init__()"), "`super` is a function"),
    "no super": (a_class(init="pass"), "never calls `super().__init__()`"),
    "AUTO": (
        a_class(init="super().__init__(reduction=tf.keras.losses.Reduction.AUTO)"),
        "needs to be said about a reduction",
    ),
    "call without self": (a_class(call="call(y_true, y_pred)"), "one parameter too few"),
    "no call": (a_class(call="cal(self, y_true, y_pred)"), "no method of the name `call`"),
    "no __init__": (a_class().replace("__init__(self", "_init_(self"), "of the name `__init__`"),
    "a misspelt attribute": (
        a_class("return y_pred * self.treshold"),
        "the object keeps nothing under that name",
    ),
    "a parameter out of reach": (
        a_class("return y_pred * threshold"),
        "known inside `__init__` alone",
    ),
    "a base that is not imported": (a_class(base="(Loss)"), "imports `Loss`"),
    "a part of PyTorch": (
        "import torch.nn as nn\n\n" + function("return nn.HuberLoss()(error, y_pred)"),
        "`nn.HuberLoss` is PyTorch",
    ),
    "a method of PyTorch on what was just computed": (
        function("return (error * 2).abs()"),
        "have no such method, as those of PyTorch",
    ),
    "a library that is not there": (
        "from sklearn.metrics import nothing_like_it\n\n"
        + function("return nothing_like_it(y_true, y_pred)"),
        "is not there when grading",
    ),
    "a condition for all elements": (
        function("return tf.cond(error <= 1, lambda: error, lambda: y_pred)"),
        "`tf.cond` goes one way or the other for all",
    ),
    "where with one arm": (function("return tf.where(error <= 1, error)"), "and needs two"),
    "a question at the keyboard": (function("return float(input()) * error"), "types something"),
    "a comma in a number": (
        function("return tf.where(error <= 1, (0, error), y_pred)"),
        "Does a comma stand where something else is meant",
    ),
    "a ready-made loss that is gone": (
        function("return tf.losses.huber_loss(y_true, y_pred)"),
        "a ready-made loss earns nothing",
    ),
    "another exercise that is missing": (
        wrapper("return my_huber_loss(y_true, y_pred)"),
        "`my_huber_loss` is another exercise",
    ),
    "one parameter": ("def my_huber_loss(y_pred):\n    return y_pred\n", "is handed two things"),
    "parameters by name alone": (
        "def my_huber_loss(*, y_true, y_pred):\n    return y_pred\n",
        "without their names",
    ),
    "one parameter of the inner function": (wrapper("return d", "d"), "gives back takes too"),
    "one parameter of call": (
        a_class("return error", call="call(self, error)"),
        "one parameter too few",
    ),
    "a static method": (
        a_class().replace("    def call", "    @staticmethod\n    def call"),
        "unless the line above its `def` keeps that from it",
    ),
    "a method without self": (
        a_class("return call(y_true, y_pred)"),
        "`call` is a method of the class",
    ),
    "a keyword for super": (
        a_class(init="super().__init__(threshold=threshold)"),
        "The threshold is no business of Keras",
    ),
    "super of a name alone": (
        a_class(init="super(MyHuberLoss).__init__()"),
        "belongs to Keras is not there",
    ),
    "a keyword that nothing takes": (
        "def plain(y_true, y_pred):\n    return y_pred\n\n"
        + function("return plain(y_true, y_pred, margin=1.0)"),
        "a name that is not among its parameters",
    ),
    "yield": (function("yield error"), "another word gives a value back"),
    "dots": (function("return ..."), "what is not written yet"),
    "a list that was filled": (
        function("out = []; out.append(error); return out"),
        "no list has to be filled",
    ),
}

IN_GRAPHS = {
    "the size out of a shape": (
        function("n = y_pred.shape[0]; return tf.reduce_sum(error) / n"),
        "`n` holds nothing here",
    ),
    "len": (function("return tf.reduce_sum(error) / len(y_pred)"), "`len` has no answer"),
    "a whole number first": (function("return tf.maximum(0, error)"), "is a whole number"),
    "a loop over the batch": (
        function("return [each for each in zip(y_true, y_pred)][0][0]"),
        "A loop in Python",
    ),
    "numpy()": (function("return error.numpy()"), "Stay with TensorFlow's operations"),
}


@pytest.mark.parametrize(("code", "words"), KINDS.values(), ids=KINDS)
def test_what_stands_there_says_why(code: str, words: str) -> None:
    assert words in said(code)


@pytest.mark.parametrize(("code", "words"), IN_GRAPHS.values(), ids=IN_GRAPHS)
def test_so_it_does_in_a_graph(code: str, words: str) -> None:
    assert words in said(code, mode="graph")


def test_a_library_says_the_same_of_three_causes() -> None:
    """The sentence about `reduction` reaches three people who made three mistakes."""
    base, auto = a_class(base="(tf.keras.losses.Loss())"), "super().__init__(reduction='auto')"
    assert "A base class is only named" in said(base)
    assert "A base class is only named" not in said(a_class(init=auto))


def test_a_missing_super_hides_nothing_else() -> None:
    words = said(a_class("return y_pred * self.treshold", init="pass"))
    assert "`self.treshold` is read here" in words
    assert "never calls `super().__init__()`" in words


def test_what_a_library_tells_at_length_is_left_out_where_the_cause_is_known() -> None:
    assert "NodeDef" not in said(function("return error ^ 2"))


def test_where_nobody_knows_the_cause_it_says_what_was_tried() -> None:
    words = said(function("return [][0] if True else error"))
    unknown = said(function("return {}[error.shape]"))
    for text in (words, unknown):
        assert "It stops with" in text
    assert "it was called with y_true and y_pred" in unknown


def told() -> Iterator[Cause]:
    yield from (*ASSIGNMENT.causes, *causes.GENERAL)


def test_every_cause_is_told_in_finished_sentences_of_kind_words() -> None:
    names = dict.fromkeys(("name", "nothing", "empty", "used"), "fn") | {
        "hyper": "threshold",
        "exercise": "my_huber_loss",
        "line": "2",
        "inner_line": "4",
    }
    found = {
        (cause.id, trouble)
        for cause in told()
        for trouble in reading.troubles(cause.said(names) or "", ())
    }
    assert found == set()


def test_no_cause_is_told_with_a_name_that_may_not_be_said() -> None:
    stands = wire.Stands("name", "qqzero")
    raised = wire.Raised("NameError", "name 'qqzero' is not defined", stands=stands)
    situation = Situation(spec=BY_NAME["my_huber_loss"])
    assert "qqzero" not in causes.said(raised, situation, lambda _: False)
    assert "qqzero" in causes.said(raised, situation, lambda _: True)
