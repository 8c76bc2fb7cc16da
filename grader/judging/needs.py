"""What a check needs: parts of the exercise and other checks that have to be passed before.

A check whose needs are not met is skipped and costs its points: it would say nothing about
an answer that is something else altogether. One that only comes after others is made all the
same, so that whatever it finds is told; passed, it counts once those before it are passed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.kit.checks import Needs
from grader.kit.parts import PARTS
from grader.words import counts_once, once_passed, once_some


@dataclass(frozen=True)
class Made:
    """A check that was made: the part it belongs to, its title, and whether it was passed."""

    part: str
    title: str
    passed: bool


def unmet(needs: Needs, made: Mapping[str, Made], hyperparameter: str) -> str | None:
    """What is missing for the check to be made, as a sentence for the student; None if nothing is.

    made: the checks of the exercise so far, by name. A part without checks is no obstacle.
    """
    if needs.some_of and not any(_of(needs.some_of, made.values(), passed=True)):
        return counts_once(once_some(PARTS[needs.some_of].noun))
    missing = _missing(needs.all_of, made, hyperparameter)
    return counts_once(missing) if missing is not None else None


def uncounted(needs: Needs, made: Mapping[str, Made], hyperparameter: str) -> str | None:
    """Why a check that is passed does not count yet, as a sentence; None if it does."""
    missing = _missing(needs.after, made, hyperparameter)
    return counts_once(missing, right=True) if missing is not None else None


def _missing(names: Iterable[str], made: Mapping[str, Made], hyperparameter: str) -> str | None:
    """The first of the conditions that is not met."""
    for name in names:
        if name in made:
            if not made[name].passed:
                return once_passed(made[name].title)
        elif any(_of(name, made.values(), passed=False)):
            part = PARTS[name]
            return f"{part.noun} {part.done}".format(hyperparameter=hyperparameter)
    return None


def _of(part: str, made: Iterable[Made], *, passed: bool) -> Iterable[Made]:
    return (each for each in made if each.part == part and each.passed is passed)
