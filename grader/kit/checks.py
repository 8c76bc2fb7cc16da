"""A check as it is listed: of which exercise and part, for how many points, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """What has to be passed: `all_of` these parts and checks, and something of `some_of`.

    after: what has to be passed for the points, but not for the check to mean something.
    """

    all_of: tuple[str, ...] = ()
    some_of: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckRow:
    """One check of one exercise, as `grader rubric` lists it.

    public: whether students get its examples, to check themselves with.
    """

    exercise: str
    name: str
    title: str
    points: float
    part: str
    needs: Needs
    public: bool = False
