"""An assignment that is a folder: what it is stands in `assignment.toml`, its checks beside it.

assignment.toml     title, exercises with their points; limits, slips, what may not be used
test_checks.py      the checks: every test_*.py counts
reference.ipynb     text and solutions, from which the students' notebook is made
student.ipynb       that notebook, as `grader release` writes it
right/ mistakes/    answers that must get full points, and such that must not
fixture.py          optional: `attempt_at(spec, asked)`, what checks are given in place of
`grader.kit.tensors.TensorAttempt`
"""

from __future__ import annotations

import keyword
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Annotated

import msgspec

from grader.assignments import ABOUT
from grader.errors import UsageError
from grader.kit.assignment import Assignment, Fixture, Limits, Sources
from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.slips import SlipPolicy
from grader.kit.tensors import TensorAttempt

FIXTURE = "fixture.py"
REFERENCE, STARTER = "reference.ipynb", "student.ipynb"

_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=600)]


class _Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise, as it is written."""

    name: str
    points: Annotated[float, msgspec.Meta(gt=0)]
    kind: Kind = Kind.FUNCTION
    hyperparameter: str = ""


class _Slips(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a slip costs, as it is written."""

    cost: _Share = 0.45
    by_kind: dict[str, _Share] = {}
    never_for: tuple[str, ...] = ("hyperparameter",)
    unrunnable_keeps: bool = True


class _Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long things may take, in seconds of CPU time, as it is written."""

    defining: _Seconds = 5
    calling: _Seconds = 3
    training: _Seconds = 8


class _About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `assignment.toml`."""

    title: str
    exercises: Annotated[tuple[_Exercise, ...], msgspec.Meta(min_length=1)]
    forbidden: tuple[str, ...] = ()
    slips: _Slips = _Slips()
    limits: _Limits = _Limits()


def read(folder: Path) -> Assignment:
    """The assignment in this folder. Raises UsageError, in one line, if it is not in order."""
    about = _about(folder / ABOUT)
    if not any(folder.glob("test_*.py")):
        raise UsageError(f"{folder}: has no checks; write them into test_checks.py")
    inside = folder.is_relative_to(Path(__file__).parent)
    return Assignment(
        name=folder.name,
        given=folder.name if inside else str(folder),
        title=about.title,
        exercises=tuple(
            ExerciseSpec(each.name, each.kind, each.points, each.hyperparameter, each.name)
            for each in about.exercises
        ),
        folder=folder,
        checks=folder,
        fixture=_fixture(folder / FIXTURE),
        sources=Sources(folder / REFERENCE, folder / STARTER, folder),
        slips=SlipPolicy(
            about.slips.cost,
            about.slips.by_kind,
            frozenset(about.slips.never_for),
            about.slips.unrunnable_keeps,
        ),
        forbidden=about.forbidden,
        limits=Limits(about.limits.defining, about.limits.calling, about.limits.training),
    )


def _about(path: Path) -> _About:
    try:
        about = msgspec.toml.decode(path.read_bytes(), type=_About)
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
    names = [each.name for each in about.exercises]
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name):
            raise UsageError(f"{path}: {name!r} can be no name in a notebook")
        if names.count(name) > 1:
            raise UsageError(f"{path}: the exercise {name} stands there twice")
    for each in about.exercises:
        if each.kind is Kind.FUNCTION and each.hyperparameter:
            raise UsageError(f"{path}: {each.name} is a function, which is made with nothing")
    return about


def _fixture(path: Path) -> Fixture:
    """What checks are given: that of the folder's own `fixture.py`, if there is one."""
    if not path.is_file():
        return TensorAttempt
    # A name of its own, so that the fixtures of two folders are two modules.
    spec = spec_from_file_location(f"fixture_of_{path.parent.name}_{abs(hash(path))}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: can't be loaded")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        made: Fixture = module.attempt_at
    except Exception as error:  # noqa: BLE001 - whatever its author wrote, it is told in a line
        raise UsageError(f"{path}: {type(error).__name__}: {error}") from None
    return made
