"""How long a statement that defines nothing may take.

A loss may need a name that a training changes too, and the training then belongs to its
slice. It is stopped after a while, as if the student had pressed "interrupt": what it has
done by then stays, and the next statement runs. Each statement gets half of the time that is
left, so there is always some for the next.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Together well below what the judge allows for all definitions.
_CPU_SECONDS, _WALL_SECONDS = 3.0, 12.0
# Whoever catches the first interruption gets more of them.
_AGAIN_SECONDS = 0.1


class _Interrupted(BaseException):
    """Not to be caught by `except Exception`."""


class Patience:
    """What is left of it, for the statements of one slice."""

    def __init__(self) -> None:
        self._cpu, self._wall = _CPU_SECONDS, _WALL_SECONDS

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Interrupt the body when it takes too long. Raises TimeoutError."""
        cpu, wall = time.process_time(), time.monotonic()
        before = {number: signal.signal(number, _interrupt) for number in _TIMERS}
        signal.setitimer(signal.ITIMER_PROF, self._cpu / 2, _AGAIN_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, self._wall / 2, _AGAIN_SECONDS)
        try:
            yield
        except _Interrupted:
            raise TimeoutError("the grader does not wait for work like that") from None
        finally:
            for number, timer in _TIMERS.items():
                signal.setitimer(timer, 0)
                signal.signal(number, before[number])
            self._cpu -= min(time.process_time() - cpu, self._cpu / 2)
            self._wall -= min(time.monotonic() - wall, self._wall / 2)


_TIMERS = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}


def _interrupt(*_: object) -> None:
    raise _Interrupted
