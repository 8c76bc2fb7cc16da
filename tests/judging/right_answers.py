"""Right answers without end: a grammar of the ways in which people write the six exercises.

Every choice is one that leaves the loss what it is. Choices are made apart from each other, so
that what nobody thought of together is tried together: how a step is written (`ways`), how a
formula is made of steps (`_Huber`, `_Contrastive`), and what stands around it (the rest).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent, indent
from typing import TypeVar

from hypothesis import strategies as st

from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES, Family
from grader.kit.exercises import ExerciseSpec, Kind
from tests.judging import ways
from tests.notebooks import of_cells

T = TypeVar("T")

IMPORTS = """\
import functools
import numpy as np
import tensorflow as tf
import tensorflow.experimental.numpy as tnp
import keras
from keras import ops
from tensorflow.keras import backend as K
from tensorflow.keras.losses import Loss
"""


@dataclass(frozen=True)
class Formula:
    """A loss as text: lines to execute first, then an expression. reduced: to its mean."""

    lines: tuple[str, ...]
    result: str
    reduced: bool = False

    @property
    def body(self) -> str:
        """All of it as the body of a function."""
        return "\n".join((*self.lines, f"return {self.result}"))


@dataclass
class Pen:
    """Chooses, and writes one step at a time; `lines` is what stands before the last one."""

    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    names: int = 0

    def one(self, *choices: T) -> T:
        """One of these."""
        return self.draw(st.sampled_from(choices))

    def step(self, written: tuple[str, ...], **parts: str) -> str:
        """One of these ways, under a name of its own or as it stands."""
        text = self.one(*written).format(**parts)
        if self.one(True, False):
            return f"({text})"
        self.names += 1
        self.lines.append(f"step_{self.names} = {text}")
        return f"step_{self.names}"

    def mean(self, made: Formula, like: str) -> Formula:
        """The mean of a formula over everything. like: a tensor of the same size."""
        if made.reduced:
            return made
        result = self.one(*ways.MEAN).format(x=made.result, like=like)
        return Formula(made.lines, result, reduced=True)


@dataclass
class _Huber:
    """The ways to put a Huber loss together: one loss per element."""

    pen: Pen
    y_true: str
    y_pred: str
    t: str

    def formula(self) -> Formula:
        true = self.pen.step(ways.CAST, x=self.y_true, like=self.y_pred)
        # Whichever is taken from which: the loss is even.
        a, b = self.pen.one((true, self.y_pred), (self.y_pred, true))
        self.e = self.pen.step(ways.MINUS, a=a, b=b)
        common = (self._parts, self._cut, self._clipped, self._excess, self._stretches)
        # The one that goes element by element is slow, and rarely written.
        result = self.pen.one(self._parts, *common * 3, self._one_by_one)()
        return Formula(tuple(self.pen.lines), result)

    def _size(self) -> str:
        return self.pen.step(ways.SIZE, x=self.e)

    def _small(self, x: str) -> str:
        return self.pen.step(ways.HALF, x=self.pen.step(ways.SQUARE, x=x))

    def _parts(self) -> str:
        pen, size = self.pen, self._size()
        near = pen.one(*ways.NEAR).format(a=size, t=self.t, e=self.e)
        small = self._small(pen.one(self.e, size))
        large = pen.step(ways.LINEAR, t=self.t, a=size)
        parts = {"condition": f"({near})", "yes": small, "no": large}
        if pen.one(True, False):
            parts = {"condition": f"({size} > {self.t})", "yes": large, "no": small}
        return pen.one(*ways.CHOSEN).format(**parts)

    def _cut(self) -> str:
        size = self._size()
        cut = self.pen.step(ways.SMALLER, a=size, b=self.t)
        return self.pen.one(*ways.OF_CUT).format(cut=cut, a=size, t=self.t)

    def _clipped(self) -> str:
        clipped = self.pen.step(ways.CLIPPED, e=self.e, t=self.t)
        return self.pen.one(*ways.OF_CLIPPED).format(clipped=clipped, e=self.e)

    def _excess(self) -> str:
        size = self._size()
        beyond = self.pen.step(ways.POSITIVE, x=f"({size} - {self.t})")
        return f"{self._small(size)} - {self._small(beyond)}"

    def _stretches(self) -> str:
        return ways.THREE_STRETCHES.format(e=self.e, t=self.t, middle=self._small(self.e))

    def _one_by_one(self) -> str:
        self.pen.lines.append(ways.ONE_BY_ONE.format(t=self.t).rstrip())
        flat = f"tf.map_fn(_element, tf.reshape({self.e}, [-1]))"
        return f"tf.reshape({flat}, tf.shape({self.e}))"


@dataclass
class _Contrastive:
    """The ways to put a contrastive loss together: one loss per pair, or already the mean."""

    pen: Pen
    y_true: str
    d: str
    m: str

    def formula(self) -> Formula:
        self.y = self.pen.step(ways.CAST, x=self.y_true, like=self.d)
        self.other = self.pen.one(*ways.OTHER).format(y=self.y)
        whole = (self._terms, self._chosen, self._between, self._squared_last, self._squared_apart)
        way = self.pen.one(*whole, self._terms, self._mean_of_each)
        result = way()
        return Formula(tuple(self.pen.lines), result, reduced=way == self._mean_of_each)

    def _pull(self) -> str:
        return self.pen.step(ways.SQUARE, x=self.d)

    def _hinge(self) -> str:
        if self.pen.one(True, True, False):
            return self.pen.step(ways.POSITIVE, x=f"({self.m} - {self.d})")
        return f"({self.m} - {self.pen.step(ways.SMALLER, a=self.d, b=self.m)})"

    def _push(self) -> str:
        pen = self.pen
        way = pen.one("square", "square", "product", "expanded")
        if way == "product":
            return f"({self._hinge()} * ({self.m} - {self.d}))"
        if way == "expanded":
            return pen.step((ways.EXPANDED,), d=self.d, m=self.m)
        return pen.step(ways.SQUARE, x=self._hinge())

    def _terms(self) -> str:
        terms = f"{self.y} * {self._pull()}", f"{self.other} * {self._push()}"
        return " + ".join(self.pen.one(terms, terms[::-1]))

    def _chosen(self) -> str:
        similar = f"({self.pen.one(*ways.SIMILAR).format(y=self.y)})"
        pull, push = self._pull(), self._push()
        return self.pen.one(*ways.CHOSEN).format(condition=similar, yes=pull, no=push)

    def _between(self) -> str:
        push = self._push()
        return f"{push} + {self.y} * ({self._pull()} - {push})"

    def _squared_last(self) -> str:
        # With labels of 0 and 1 one of the two is always zero.
        hinge = self._hinge()
        return self.pen.step(ways.SQUARE, x=f"({self.y} * {self.d} + {self.other} * {hinge})")

    def _squared_apart(self) -> str:
        pull = self.pen.step(ways.SQUARE, x=f"({self.y} * {self.d})")
        return f"{pull} + {self.pen.step(ways.SQUARE, x=f'({self.other} * {self._hinge()})')}"

    def _mean_of_each(self) -> str:
        pull, push = f"{self.y} * {self._pull()}", f"{self.other} * {self._push()}"
        means = (self.pen.one(*ways.MEAN).format(x=each, like=self.d) for each in (pull, push))
        return " + ".join(means)


class _Answer:
    """What stands around a formula, for one exercise."""

    def __init__(self, draw: st.DrawFn, spec: ExerciseSpec) -> None:
        self.pen, self.spec, self.hyper = Pen(draw), spec, spec.hyperparameter
        self.true, self.pred = self.pen.one(
            ("y_true", "y_pred"), ("y", "d"), ("labels", "preds"), ("ytrue", "ypred")
        )
        number = round(draw(st.floats(0.05, 9)), 2)
        self.default = self.pen.one("", "=1", "=1.0", f"={number}", ": float = 1.0", ": float")

    def text(self) -> str:
        """The cell."""
        writers = {Kind.FUNCTION: self.function, Kind.WRAPPER: self.wrapper, Kind.CLASS: self.klass}
        return writers[self.spec.kind]()

    def formula(self, hyper: str) -> Formula:
        """As the family has it; hyper: the threshold or margin as an expression."""
        kind = _Huber if self.spec.topic == Family.HUBER else _Contrastive
        return kind(Pen(self.pen.draw), self.true, self.pred, hyper).formula()

    def asked(self, hyper: str) -> Formula:
        """Reduced as the exercise asks for it."""
        made = self.formula(hyper)
        return made if self.spec.topic == Family.HUBER else self.pen.mean(made, self.pred)

    def function(self) -> str:
        """One of the two plain functions, with its 1 in various places."""
        name, pen = self.spec.name, self.pen
        where = pen.one("1", "1.0", "1.0", "tf.constant(1.0)", "in it", "in the module", "argument")
        hyper = {"in it": "bound", "in the module": "BOUND", "argument": "limit"}.get(where, where)
        made = self.asked(hyper)
        head = "BOUND = 1.0\n" if where == "in the module" else ""
        more = ", limit=1.0" if where == "argument" else ""
        if not made.lines and where != "in it":
            return f"{head}{name} = lambda {self.true}, {self.pred}{more}: {made.result}\n"
        body = f"bound = 1.0\n{made.body}" if where == "in it" else made.body
        doc = pen.one("", '    """The loss."""\n')
        around = pen.one("", "", "@keras.saving.register_keras_serializable()\n", "@tf.function\n")
        head += around if where != "argument" else ""
        return f"{head}def {name}({self.true}, {self.pred}{more}):\n{doc}{indent(body, ' ' * 4)}\n"

    def wrapper(self) -> str:
        """One of the two wrappers, which may return anything that can be called."""
        name, hyper, two = self.spec.name, self.hyper, f"{self.true}, {self.pred}"
        more = self.pen.one("", ", **kwargs", ", *, name=None")
        head = f"def {name}({hyper}{self.default}{more}):\n"
        kind = self.pen.one(
            "nested", "nested", "nested", "lambda", "partial", "callable", "method", "instance"
        )
        if kind == "instance":
            known = "MyHuberLoss" if self.spec.topic == Family.HUBER else "ContrastiveLoss"
            return f"{head}    return {known}({self.pen.one(hyper, f'{hyper}={hyper}')})\n"
        if kind == "partial":
            body = indent(self.asked("limit").body, " " * 4)
            helper = f"def _{name}({two}, limit):\n{body}\n"
            return f"{helper}{head}    return functools.partial(_{name}, limit={hyper})\n"
        if kind in {"callable", "method"}:
            method = "__call__" if kind == "callable" else "loss"
            body = indent(self.asked("self.limit").body, " " * 8)
            helper = f"class _{name}:\n    limit = 1.0\n    def {method}(self, {two}):\n{body}\n"
            last = "it" if kind == "callable" else "it.loss"
            made = f"it = _{name}()\nit.limit = {hyper}\nreturn {last}"
            return f"{helper}{head}{indent(made, ' ' * 4)}\n"
        value = self.pen.one(hyper, hyper, "limit")
        formula = self.asked(value)
        if value == "limit":
            given = self.pen.one(f"tf.cast({hyper}, tf.float32)", f"float({hyper})", hyper)
            head += f"    limit = {given}\n"
        if kind == "lambda" and not formula.lines:
            return f"{head}    return lambda {two}: {formula.result}\n"
        around = self.pen.one("", "", "    @tf.function\n")
        body = indent(formula.body, " " * 8)
        return f"{head}{around}    def loss({two}):\n{body}\n    return loss\n"

    def klass(self) -> str:
        """One of the two classes, which may leave the mean to Keras."""
        pen, name, hyper, two = self.pen, self.spec.name, self.hyper, f"{self.true}, {self.pred}"
        base = pen.one("Loss", "tf.keras.losses.Loss", "keras.losses.Loss", "keras.Loss")
        kept = pen.one(hyper, f"_{hyper}", "d", "delta", "limit", f"__{hyper}")
        begin = pen.one(*ways.BEGIN).format(base=base, name=name)
        more = ", **kwargs" if "kwargs" in begin else pen.one("", ", name='mine'", ", **kwargs")
        value = pen.one(hyper, hyper, f"float({hyper})", f"tf.cast({hyper}, tf.float32)")
        steps = [begin, f"self.{kept} = {value}"]
        first, second = pen.one(steps, steps[::-1])
        made = self.formula("limit")
        last_axis = Formula(made.lines, f"tf.reduce_mean({made.result}, axis=-1)", reduced=True)
        made = pen.one(made, made if made.reduced else last_axis, pen.mean(made, self.pred))
        here = indent(f"limit = self.{kept}\n{made.body}", " " * 8)
        free = indent(made.body, " " * 8)
        call = pen.one(
            f"    def call(self, {two}):\n{here}\n",
            f"    def of(self, {two}):\n{here}\n"
            f"    def call(self, {two}):\n        return self.of({two})\n",
            f"    @staticmethod\n    def of({two}, limit):\n{free}\n"
            f"    def call(self, {two}):\n        return self.of({two}, self.{kept})\n",
        )
        config = dedent(f"""\
            def get_config(self):
                return {{**super().get_config(), '{hyper}': float(self.{kept})}}
        """)
        return (
            f"class {name}({base}):\n"
            f"    def __init__(self, {hyper}{self.default}{more}):\n"
            f"        {first}\n        {second}\n"
            f"{call}{pen.one('', indent(config, ' ' * 4))}"
        )


@st.composite
def exercise(draw: st.DrawFn, name: str) -> str:
    """A right answer to one exercise."""
    return _Answer(draw, BY_NAME[name]).text()


@st.composite
def notebook(
    draw: st.DrawFn, change: Callable[[st.DrawFn, ExerciseSpec], str] = lambda *_: ""
) -> bytes:
    """A notebook of six right answers in any order, with its imports at one end.

    change: what is to be said after the answer to an exercise, in its cell.
    """
    specs = draw(st.permutations(EXERCISES))
    cells = [draw(exercise(spec.name)) + change(draw, spec) for spec in specs]
    cells.insert(draw(st.sampled_from([0, 0, len(cells)])), IMPORTS)
    return of_cells(*cells)
