"""What may be quoted of a student's exceptions, so that none can carry a hidden input out.

A report is read by the student, and an exception says what its code lets it say: digits,
or letters that stand for digits. So its text is shown in two cases alone. Either it came
before any hidden input was there: while the definition was executed, or on an example with
numbers of its own (`PUBLIC`). Or it is one of the sentences of Python and TensorFlow below, in
which nothing varies but names, and each name stands in the definitions or belongs to them: no
name can be put together at run time. And of one exercise no more than a few different ones are
told, so that a notebook can't choose another for each check.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field, replace

import numpy as np

from grader.judging.reasons import causes
from grader.kit.cause import Cause, Situation, When
from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import Batch, Inputs
from grader.worker import wire

MAX_QUOTED = 200
OWN_KIND = "an exception of its own"
# Different exceptions that are told of one exercise, besides that of the public example. An honest
# mistake has one or two: as a function, and in a graph.
MOST_TOLD = 2

# A public example, for the text of exceptions; no check uses these numbers.
PUBLIC = Batch.of([1.0, 0.0, 1.0, 0.0], [0.9, 1.7, 0.2, 2.6])


def public(asked: Batch | Inputs) -> Batch | Inputs:
    """The public example for calls of this kind: as many inputs, of the same shapes."""
    if isinstance(asked, Batch):
        return PUBLIC
    numbers = PUBLIC.y_pred.ravel()
    return Inputs(tuple(np.resize(numbers, array.shape) for array in asked.arrays))


_SPACE = re.compile(r"\s+")
_NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z`])")
_NAME = r"([A-Za-z_][\w.]*)"

_SENTENCES = tuple(
    re.compile(sentence)
    for sentence in (
        rf"name '{_NAME}' is not defined",
        rf"cannot access local variable '{_NAME}' where it is not associated with a value",
        rf"'{_NAME}' object has no attribute '{_NAME}'",
        rf"module '{_NAME}' has no attribute '{_NAME}'",
        rf"type object '{_NAME}' has no attribute '{_NAME}'",
        rf"No module named '{_NAME}'",
        rf"'{_NAME}' object is not (?:callable|iterable|subscriptable)",
        rf"{_NAME}\(\) missing \d required positional arguments?: '{_NAME}'(?: and '{_NAME}')?",
        rf"{_NAME}\(\) takes \d positional arguments? but \d (?:was|were) given",
        rf"{_NAME}\(\) got an unexpected keyword argument '{_NAME}'",
        rf"{_NAME}\(\) got multiple values for argument '{_NAME}'",
        rf"unsupported operand type\(s\) for [-+*/<>=&|@% ]+: '{_NAME}' and '{_NAME}'",
        r"maximum recursion depth exceeded",
        r"Using a symbolic `?tf.Tensor`? as a Python `?bool`? is not allowed",
    )
)

_KNOWN_NAMES = frozenset(
    [
        *dir(builtins),
        *("NoneType", "function", "module", "method", "ndarray", "numpy"),
        *("float16", "float32", "float64", "int32", "int64", "complex64", "string"),
        *("Tensor", "EagerTensor", "SymbolicTensor", "KerasTensor", "Variable"),
        *("ResourceVariable", "RaggedTensor", "SparseTensor", "TensorShape"),
        *("call", "fn", "self", "cls", "name", "dtype", "shape", "reduction"),
        *("__init__", "__call__", "y_true", "y_pred", "tensorflow", "keras", "keras.backend"),
        *("keras.api.backend", "keras._tf_keras.keras.backend"),
        *("InvalidArgumentError", "OperatorNotAllowedInGraphError", "UnimplementedError"),
        *("NotFoundError", "ResourceExhaustedError", "InternalError", "AbortedError"),
        *(
            "BuiltinLossUsed",
            "InaccessibleTensorError",
            "StagingError",
            "AutoGraphError",
            "MissingPackage",
        ),
    ]
)


_UNTOLD = wire.Raised("", "")


@dataclass
class Quoting:
    """Quotes exceptions of one exercise.

    words: the names that stand in its definitions. public: the exception that the public example
    raised, if it did. unbound: what each statement raised that should have bound a name, before
    any hidden input was there. situation: what is known of the exercise. told: what was told so
    far.
    """

    words: frozenset[str]
    public: wire.Raised | None = None
    unbound: tuple[wire.Unbound, ...] = ()
    situation: Situation = field(default_factory=Situation)
    told: set[tuple[object, ...]] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        definition: wire.Definition,
        spec: ExerciseSpec | None = None,
        own: tuple[Cause, ...] = (),
    ) -> Quoting:
        """For the exceptions of what was defined so, for the exercise `spec`.

        own: causes that its assignment alone can put into words.
        """
        situation = Situation(spec=spec, form=definition.form, bound=definition.what, own=own)
        words = frozenset(definition.words)
        return cls(words, unbound=definition.unbound, situation=situation)

    def rationed(self, raised: wire.Raised) -> wire.Raised:
        """What may be told of an exception that hidden inputs may have chosen.

        Nothing but that there is one, when others were told already.
        """
        if self.public is not None and _alike(raised, self.public):
            return raised
        what = (
            self.kind(raised.kind),
            self.text(raised),
            raised.spot,
            self.why(raised),
        )
        if what not in self.told:
            if len(self.told) >= MOST_TOLD:
                return _UNTOLD
            self.told.add(what)
        return raised

    def why(self, raised: wire.Raised, when: When = "called") -> str:
        """What is said of the cause of an exception; empty if none is known."""
        situation = replace(self.situation, when=when)
        return causes.said(raised, situation, self.may_be_said)

    def same_cause(self, one: wire.Raised, other: wire.Raised) -> bool:
        """Whether two exceptions have one cause, as far as that is known."""
        found = (next(causes.fitting(each, self.situation), None) for each in (one, other))
        first, second = (cause.id if cause is not None else None for cause in found)
        return first is not None and first == second

    def kind(self, name: str) -> str:
        """The type's name, if it is one of Python's, TensorFlow's or the notebook's own."""
        return name if self.may_be_said(name) else OWN_KIND

    def type_name(self, name: str) -> str:
        """The name of a value's type, as `kind`; "something else" for an unheard-of one."""
        words = name.removeprefix("a tensor of ").removeprefix("an array of ")
        return name if self.may_be_said(words) else "something else"

    def text(self, raised: wire.Raised) -> str:
        """The exception's text, if it may be shown; empty otherwise."""
        if self.public is not None and _alike(raised, self.public):
            return first_sentence(self.public.text)
        line = one_line(raised.text)
        # What follows the sentence is left out: nobody knows what it says.
        quoted = (self._quoted(sentence, line) for sentence in _SENTENCES)
        return next(filter(None, quoted), "")

    def early_text(self, raised: wire.Raised) -> str:
        """The text of an exception from before any hidden input was there."""
        return first_sentence(raised.text)

    def cause(self, text: str) -> wire.Raised | None:
        """What kept the name from being bound that the text of a NameError is about.

        If that was for want of another name, it is what kept that one from being bound, and so on.
        """
        raised = {f"name '{each.name}' is not defined": each.raised for each in self.unbound}
        cause = None
        while (found := raised.pop(text, None)) is not None:
            cause, text = found, first_sentence(found.text)
        return cause

    def _quoted(self, sentence: re.Pattern[str], line: str) -> str:
        match = sentence.match(line)
        if match is None or not all(self.may_be_said(name) for name in match.groups() if name):
            return ""
        return match[0]

    def may_be_said(self, name: str) -> bool:
        """Whether the name stands in the definitions, or belongs to them."""
        return name in _KNOWN_NAMES or name in self.words


def _alike(raised: wire.Raised, public: wire.Raised) -> bool:
    return (raised.kind, raised.spot) == (public.kind, public.spot)


def first_sentence(text: str) -> str:
    """Its first sentence on one line: what follows is seldom about this case."""
    return _NEXT_SENTENCE.split(one_line(text), maxsplit=1)[0]


def one_line(text: str) -> str:
    """The text on one line, cut."""
    line = _SPACE.sub(" ", text).strip()
    return line if len(line) <= MAX_QUOTED else line[: MAX_QUOTED - 1] + "…"
