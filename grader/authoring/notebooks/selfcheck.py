"""The self-check of an assignment: the examples of its public checks, and what tries them.

A check is public by its marker:

    @pytest.mark.public
    @pytest.mark.points(area=2)
    def test_by_hand(attempt):
        "it is width times height"
        attempt.check([6.0], [2.0], [3.0], message="...")

What it gives to `attempt.check` are its examples: they are noted here by making the check once
with an attempt that answers nothing, so that no solution, no TensorFlow and no worker is needed,
and no other check is made. Where the reference notebook has a code cell that says

    ### SELF-CHECK

the students' one has code that tries the examples (`trying`). Examples are all that the two have
in common, so a public check can do nothing with an attempt but `attempt.check`. What `trying` knows
of calls and tolerances it can't import; tests hold it to the worker's and the kit's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from grader.errors import FaultError
from grader.judging import rubric_run
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt
from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.interface import Floats, Inputs, Mode
from grader.kit.tensors import TensorAttempt
from grader.report import CheckStatus

LINE = "### SELF-CHECK"
# Whatever looks like the line must be one, or students would get a notebook without it.
_LIKE_THE_LINE = re.compile(r"^\s*#{2,}\s*SELF[\s_-]*CHECK\s*$", re.IGNORECASE | re.MULTILINE)
# JupyterLab, Colab and Kaggle show the cell folded.
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form", "_kg_hide-input": True}

_TRYING = Path(__file__).parent / "trying.py"
_CHECKS = "CHECKS: tuple[Check, ...] = ()\n"
_QUOTES = "'''"
_CELL = f"""\
# @title Self-check: run this cell again whenever you have changed something
# It tries what you wrote on a few examples; the grading tries others too. It is a module of its
# own, so that nothing that you define gets in its way.
import types

selfcheck = types.ModuleType("selfcheck")
exec(compile(r{_QUOTES}%s{_QUOTES}, "selfcheck", "exec"), vars(selfcheck))
selfcheck.check(globals())"""


@dataclass(frozen=True)
class Example:
    """One call, and what should come back; message: what is said where something else does."""

    inputs: tuple[NDArray[np.float32], ...]
    want: Floats
    mode: Mode
    made_with: float | None
    message: str


@dataclass(frozen=True)
class PublicCheck:
    """A public check of one exercise, with its examples."""

    exercise: ExerciseSpec
    title: str
    examples: tuple[Example, ...]


class _Unknown:
    """Stands for what isn't known where nobody answers; a check that looks at it is told so."""

    def __getattr__(self, name: str) -> object:
        raise AttributeError(
            f"{name} can't be used in a public check: what students get are its examples, which it"
            " gives to attempt.check"
        )


class _Noting(_Unknown):
    """What a public check is given in place of an attempt: notes the examples."""

    def __init__(self, spec: ExerciseSpec) -> None:
        self.spec = spec
        self.examples: list[Example] = []

    def check(
        self,
        want: object,
        *inputs: object,
        message: str,
        made_with: float | None = None,
        mode: Mode = "eager",
    ) -> _Unknown:
        """As that of `TensorAttempt`."""
        if self.spec.kind is Kind.FUNCTION and made_with is not None:
            raise ValueError(f"{self.spec.name} is a function, which is made with nothing")
        expected = np.asarray(want, dtype=np.float64)
        given = Inputs.of(*inputs).arrays
        self.examples.append(Example(given, expected, mode, made_with, message))
        return _Unknown()


def public_checks(assignment: Assignment) -> tuple[PublicCheck, ...]:
    """The public checks of an assignment, exercise by exercise.

    Raises FaultError if one of them is more than examples, or if a check is broken.
    """
    noting: list[_Noting] = []

    def attempt(name: str) -> Attempt:
        noting.append(_Noting(assignment.spec(name)))
        return cast("Attempt", noting[-1])  # of which it has all that such a check may use

    outcomes = rubric_run.run(assignment, assignment.names, attempt, public=True)
    if outcomes and assignment.fixture is not TensorAttempt:
        raise FaultError(
            f"the check {outcomes[0].row.name} is public, but what checks are given here is no"
            " attempt of the kit's own, so that nobody knows what its examples are"
        )
    found = []
    for outcome, noted in zip(outcomes, noting, strict=True):
        if outcome.status is not CheckStatus.PASSED or not noted.examples:
            why = outcome.message.partition("\n")[0] or "it gives no example to attempt.check"
            raise FaultError(f"the check {outcome.row.name} can't be public: {why}")
        found.append(PublicCheck(noted.spec, outcome.row.title, tuple(noted.examples)))
    return tuple(found)


def asked_for(source: str) -> bool:
    """Whether a code cell stands for the self-check. Raises ValueError if it nearly does."""
    if source.strip() == LINE:
        return True
    if _LIKE_THE_LINE.search(source):
        raise ValueError(f"the line for the self-check is `{LINE}`, and stands alone in its cell")
    return False


def cell(checks: tuple[PublicCheck, ...]) -> str:
    """The code cell that tries these checks. Raises ValueError if they can't be written down."""
    table = "".join(_written(check) for check in checks)
    text = _TRYING.read_text(encoding="utf-8")
    made = text.replace(_CHECKS, f"CHECKS: tuple[Check, ...] = (\n{table})\n")
    if _QUOTES in made:
        raise ValueError(
            f"a public check holds {_QUOTES}, which would end the self-check too early"
        )
    return _CELL % made


def _written(check: PublicCheck) -> str:
    """A line of the table for each example."""
    spec = check.exercise
    examples = "".join(
        "            Example("
        f"({''.join(f'{_numbers(each)}, ' for each in example.inputs)}), "
        f"{example.want.tolist()!r}, {example.mode!r}, {example.made_with!r}, "
        f"{example.message!r}),\n"
        for example in check.examples
    )
    head = f"{spec.name!r}, {str(spec.kind)!r}, {check.title!r}"
    return f"    Check(\n        {head}, (\n{examples}        ),\n    ),\n"


def _numbers(array: NDArray[np.float32]) -> str:
    """The numbers as somebody would write them: 0.1, and not what is nearest to it."""
    return repr(array.astype(np.str_).astype(np.float64).tolist())
