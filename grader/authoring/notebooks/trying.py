"""Tries what a notebook defines on examples, and says what came out.

`grader release` has written this into the notebook, with the examples of the checks that are
public. NumPy and TensorFlow are all that it needs.
"""

import re
import textwrap
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy import inf, nan  # noqa: F401 - numbers of examples may be written so

WIDTH, MOST_NUMBERS, MOST_QUOTED = 88, 12, 160
ABSOLUTE, RELATIVE = 1e-6, 1e-5
# What half precision is allowed besides.
COARSE = {"float16": 4e-3, "bfloat16": 3e-2}
FLOATS = ("float16", "bfloat16", "float32", "float64")


class Example(NamedTuple):
    """One call, and what should come back.

    inputs: become float32 tensors. mode: "eager", "graph" or "gradient". made_with: of a wrapper
    or class. hint: what to think of, where something else comes back.
    """

    inputs: tuple[Any, ...]
    want: Any
    mode: str
    made_with: float | None
    hint: str


class Check(NamedTuple):
    """What is looked at together: of which name, and what that is ("function", "class", ...)."""

    name: str
    kind: str
    title: str
    examples: tuple[Example, ...]


# The next line is written by `grader release`.
CHECKS: tuple[Check, ...] = ()


# As the students' notebook says it where a solution was taken out.
NOT_WRITTEN = re.compile(r"(?:this cell|[\w.]+) is not written yet: replace this line")
# What TensorFlow and Keras put around what they have to say.
AROUND = re.compile(
    r"\x1b\[\d+m|\{\{.*?\}\} ?|^Exception encountered when calling .*$", re.MULTILINE
)
PYTHON = str(Path(traceback.__file__).parent)


class NoValue(Exception):
    """No number came back; the text says what did."""


def check(notebook: Mapping[str, Any]) -> None:
    """Print what is found of each name that the notebook should define."""
    for name in dict.fromkeys(each.name for each in CHECKS):
        print(name)
        right = True
        for mark, text in examine(name, notebook):
            right = right and mark == "right"
            head, rest = f"  {mark:7} ", " " * 10
            for line in text.splitlines():
                print(textwrap.fill(line, WIDTH, initial_indent=head, subsequent_indent=rest))
                head = rest
        if right:
            print("  All of these examples come out right. The grading looks at more.")


def examine(name: str, notebook: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """For each check of this name "right" or "look", and what to say."""
    if name not in notebook:
        yield "look", f"{name} is not there yet: run the cell that defines it."
        return
    said = set()
    for each in CHECKS:
        if each.name != name:
            continue
        tried = (differs(each, example, notebook[name]) for example in each.examples)
        try:
            wrong = next((text for text in tried if text), "")
        except (Exception, SystemExit) as error:
            missing = NOT_WRITTEN.search(bare(error))
            if missing:
                yield "look", missing[0]
                return
            wrong = stopped(error)
            if wrong in said:
                wrong = "It stops in the same way."
            said.add(wrong)
        yield ("look", f"{each.title}\n{wrong}") if wrong else ("right", each.title)


def differs(asked: Check, example: Example, answer: Any) -> str:
    """What comes out in place of what should; nothing if it is that."""
    inputs = tuple(np.array(numbers, np.float32) for numbers in example.inputs)
    want = np.asarray(example.want, np.float64)
    words = called(asked, example, inputs)
    try:
        got, dtype = value(asked, example, answer, inputs)
    except NoValue as reason:
        return f"{words}\ncame out: {reason}\nexpected: {shown(want)}"
    if close(got, want, dtype):
        return ""
    digits = next((each for each in (6, 9) if shown(got, each) != shown(want, each)), 17)
    lines = [words, f"came out: {shown(got, digits)}", f"expected: {shown(want, digits)}"]
    if got.shape != want.shape:
        lines[1] += f", of shape {got.shape}"
        lines[2] += f", of shape {want.shape}"
    elif want.size > MOST_NUMBERS:
        at = np.unravel_index(int(np.argmax(~near(got, want, dtype))), want.shape)
        where = ", ".join(str(each) for each in at)
        lines.append(f"at [{where}]: {got[at]:.{digits}g}, and not {want[at]:.{digits}g}")
    return "\n".join([*lines, example.hint])


def called(asked: Check, example: Example, inputs: tuple[Any, ...]) -> str:
    """The call, as it could stand in the notebook."""
    making = "" if example.made_with is None else f"{example.made_with:g}"
    made = "" if asked.kind == "function" else f"({making})"
    before = {"eager": "", "graph": "in a tf.function, ", "gradient": "the gradient of "}
    given = ", ".join(shown(each) for each in inputs)
    return f"{before[example.mode]}{asked.name}{made}({given})"


def shown(numbers: Any, digits: int = 6) -> str:
    """Numbers as a list, shortened in the middle where there are many."""
    text = np.array2string(
        np.asarray(numbers, np.float64),
        formatter={"float_kind": lambda number: f"{number:.{digits}g}"},
        separator=", ",
        threshold=MOST_NUMBERS,
        max_line_width=1000,
    )
    return " ".join(text.split())


def near(got: Any, want: Any, dtype: str) -> Any:
    """Which numbers are near enough; nan never is."""
    coarse = COARSE.get(dtype, 0.0)
    return np.abs(got - want) <= ABSOLUTE + coarse + (RELATIVE + coarse) * np.abs(want)


def close(got: Any, want: Any, dtype: str) -> bool:
    """Whether both have one shape and agree; one number is the same in any shape."""
    if got.size == want.size == 1:
        got, want = got.reshape(()), want.reshape(())
    with np.errstate(all="ignore"):
        return got.shape == want.shape and bool(np.all(near(got, want, dtype)))


def value(asked: Check, example: Example, answer: Any, inputs: tuple[Any, ...]) -> tuple[Any, str]:
    """What the call gives, and its type. Raises NoValue, and whatever the answer raises."""
    made = answer
    if asked.kind != "function":
        if not callable(answer):
            raise NoValue(f"nothing, since {asked.name} is {kind(answer)} and no {asked.kind}")
        made = answer() if example.made_with is None else answer(example.made_with)
    if not callable(made) and not hasattr(made, "call"):
        raise NoValue(f"nothing, since {kind(made)} stands where a function should")
    tensors = [tf.constant(each) for each in inputs]
    run = {"eager": eager, "graph": graph, "gradient": gradient}[example.mode]
    try:
        return run(made, tensors)
    except NoValue:
        raise
    except Exception as error:
        # What Keras itself stumbles over hides nothing of the method.
        if hasattr(made, "call") and students_place(error) is None:
            return run(made.call, tensors)
        raise


def eager(function: Callable[..., Any], tensors: list[Any]) -> tuple[Any, str]:
    """What a plain call gives."""
    return numbers_of(function(*tensors))


def graph(function: Callable[..., Any], tensors: list[Any]) -> tuple[Any, str]:
    """What a call inside a graph gives, where the batch size is unknown."""
    specs = [
        tf.TensorSpec([None, *each.shape[1:]] if each.shape.rank else [], each.dtype)
        for each in tensors
    ]

    def body(*given: Any) -> Any:
        return function(*given)

    try:
        traced = tf.function(body, input_signature=specs, autograph=False).get_concrete_function()
        return numbers_of(traced(*tensors))
    except Exception as first:
        try:
            traced = tf.function(body, input_signature=specs).get_concrete_function()
        except Exception as error:
            raise error from first
        return numbers_of(traced(*tensors))


def gradient(function: Callable[..., Any], tensors: list[Any]) -> tuple[Any, str]:
    """The gradient of the sum of what comes back, with respect to the last input."""
    with tf.GradientTape() as tape:
        tape.watch(tensors[-1])
        result = function(*tensors)
        if not tf.is_tensor(result) or not result.dtype.is_floating:
            raise NoValue(f"none, since the result is {kind(result)}")
        total = tf.reduce_sum(result)
    slope = tape.gradient(total, tensors[-1])
    if slope is None:
        raise NoValue("none, since TensorFlow can't follow the way from the input to the result")
    return numbers_of(tf.convert_to_tensor(slope))


def numbers_of(result: Any) -> tuple[Any, str]:
    """A result as numbers, and its type. Raises NoValue if it is none."""
    if isinstance(result, tf.Variable):
        result = tf.convert_to_tensor(result)
    if isinstance(result, tf.Tensor) and result.dtype.name != "string":
        return result.numpy().astype(np.float64), result.dtype.name
    if isinstance(result, np.ndarray | np.generic) and result.dtype.kind in "biuf":
        return np.asarray(result, np.float64), result.dtype.name
    if type(result) in (bool, int, float):
        return np.asarray(result, np.float64), ""
    raise NoValue(f"{kind(result)}{' (is a `return` missing?)' if result is None else ''}")


def kind(thing: Any) -> str:
    """What something is, in words."""
    if thing is None:
        return "None"
    name = type(thing).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def bare(error: BaseException) -> str:
    """What an exception says, without what libraries put around it."""
    return AROUND.sub("", str(error))


def stopped(error: BaseException) -> str:
    """What stopped the code, and where."""
    lines = [line.strip() for line in bare(error).splitlines() if line.strip()] or [""]
    # An error inside a graph quotes the whole way to it; its last line is the error itself.
    said = lines[-1] if lines[0].startswith("in user code") else lines[0]
    said = said if len(said) <= MOST_QUOTED else f"{said[:MOST_QUOTED]} ..."
    name = type(error).__name__
    text = f"It stops with {said if said.startswith(name) else f'{name}: {said}'}".rstrip(": ")
    place = students_place(error)
    return f"{text}\nat line {place[0]} of its cell: {place[1]}" if place else text


def students_place(error: BaseException | None) -> tuple[int, str] | None:
    """The innermost line that is neither of a library nor of this check."""
    while error is not None:
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            file = frame.filename
            own = file == students_place.__code__.co_filename or file.startswith(PYTHON)
            if not own and "-packages" not in file and "__autograph_generated" not in file:
                return frame.lineno or 0, (frame.line or "").strip()
        error = error.__cause__
    return None
