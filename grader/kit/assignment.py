"""An assignment: all that tells it from another, as a value that is passed and never a global."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.kit.attempt import Attempt
from grader.kit.cause import Cause
from grader.kit.elementwise.formula import Formula
from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import StudentLoss
from grader.kit.slips import SlipPolicy

# What a check is given for one exercise of one submission.
Fixture = Callable[[ExerciseSpec, StudentLoss], Attempt]


@dataclass(frozen=True)
class Sources:
    """Where an assignment's notebooks are, below the folder of the people who write it.

    reference: the solution, from which all else comes. starter: the students' notebook that is
    made of it. solutions: the folder with right variants, known mistakes and what is known of them.
    """

    reference: Path
    starter: Path
    solutions: Path


@dataclass(frozen=True)
class Limits:
    """How long an answer may take, in seconds of CPU time: defined, called, in a training."""

    defining: float = 5.0
    calling: float = 3.0
    training: float = 8.0


@dataclass(frozen=True, eq=False)
class Assignment:
    """One assignment.

    name: which reports have. given: by what it is loaded again, in another process: its name, or
    the path of its folder. folder: whatever decides its grades
    lies in here. checks: the folder with its pytest functions. fixture: what these are given.
    sources: where it is written. formulas: by the topic of exercises that are losses of each
    element, what they should be; they alone can be searched for slips and drawn. slips: what a
    slip costs. explained: the checks that a misconception explains, where one is found. forbidden:
    functions of libraries that would do the work, as "module:function". limits: for each call.
    causes: why code stopped, where this assignment alone can put it into words.
    """

    name: str
    given: str
    title: str
    exercises: tuple[ExerciseSpec, ...]
    folder: Path
    checks: Path
    fixture: Fixture
    sources: Sources
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    slips: SlipPolicy = field(default_factory=SlipPolicy)
    explained: frozenset[str] = frozenset()
    forbidden: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that a notebook must define."""
        return tuple(spec.name for spec in self.exercises)

    @property
    def max_score(self) -> float:
        """The points of all exercises together."""
        return sum(spec.points for spec in self.exercises)

    def spec(self, name: str) -> ExerciseSpec:
        """The exercise of this name."""
        return next(spec for spec in self.exercises if spec.name == name)
