"""Ends what an edit started and what runs on and on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

# Right answers take milliseconds.
_CPU_SECONDS, _WALL_SECONDS = 0.4, 20.0
_AGAIN_SECONDS = 0.05


class Interrupted(BaseException):
    """Not to be caught by `except Exception`."""


@contextmanager
def limited(interrupted: list[int], times: int) -> Iterator[None]:
    """Interrupt the body when it takes too long, and note that it was."""

    def interrupt(signal_number: int, _: object) -> None:
        interrupted.append(signal_number)
        raise Interrupted

    timers = (
        (signal.SIGPROF, signal.ITIMER_PROF, _CPU_SECONDS * times),
        (signal.SIGALRM, signal.ITIMER_REAL, _WALL_SECONDS),
    )
    before = [signal.signal(number, interrupt) for number, _, _ in timers]
    for _, timer, seconds in timers:
        signal.setitimer(timer, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        for (number, timer, _), old in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, old)
