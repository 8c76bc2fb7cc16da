"""How long a submission and its parts may take, on the judge's own clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.kit.assignment import Limits
from grader.sandbox import Limit

# A right answer takes milliseconds, a training a tenth of a second. CPU time says who loops;
# the clock is for code that sleeps, and generous, since a machine may stand still for a while.
# Nobody's code runs while a notebook is read; a table of ten megabytes in a cell takes its time.
OPENING = Limit(cpu_seconds=25, wall_seconds=90)
DEFINING = Limit(cpu_seconds=5, wall_seconds=30)
CALLING = Limit(cpu_seconds=3, wall_seconds=20)
TRAINING = Limit(cpu_seconds=8, wall_seconds=40)

USUAL = Limits(DEFINING.cpu_seconds, CALLING.cpu_seconds, TRAINING.cpu_seconds)

MAX_LOSSES = 2
# Enough for five exercises that sleep until they are stopped, and for the sixth that is right.
SUBMISSION_SECONDS = 300.0


def scaled(limit: Limit, cpu_seconds: float) -> Limit:
    """The limit with another CPU time, and as much more time on the clock as that is more."""
    more = max(1.0, cpu_seconds / limit.cpu_seconds)
    return Limit(cpu_seconds, limit.wall_seconds * more)


@dataclass
class Budget:
    """The wall time that one submission may take altogether, on the judge's own clock."""

    seconds: float = SUBMISSION_SECONDS
    clock: Callable[[], float] = time.monotonic
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self._end = self.clock() + self.seconds

    @property
    def spent(self) -> bool:
        """Whether the time is over."""
        return self.clock() >= self._end
