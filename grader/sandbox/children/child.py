"""One child, seen from the judge: ask, and get a reply or the news that it is lost."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from grader.errors import WorkerLost
from grader.sandbox.children.exchange import Dead, Exchange
from grader.sandbox.children.lost import Lost, cause_of_death, last_line, machine_gave_out
from grader.sandbox.children.output import Output
from grader.sandbox.children.process import Process
from grader.sandbox.resources.limits import Limit
from grader.sandbox.worker import Worker
from grader.worker import control, wire

__all__ = ["Child", "Lost"]


class Child:
    """A forked child that holds one submission. Use it as a context manager."""

    def __init__(self, worker: Worker) -> None:
        """Fork it. Raises WorkerLost."""
        self._process = Process(worker, worker.fork())
        self._output = Output(self._process.pipes.output)
        self._answers = 0
        self._lost: Lost | None = None
        self._closed = False
        self._used = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._lost is None and not self._closed

    @property
    def output(self) -> str:
        """What it printed so far, the first 64 KiB of it."""
        if not self._closed:
            self._output.drain()
        return self._output.text

    @property
    def usage(self) -> float:
        """CPU seconds used so far; in all, once it is lost or closed."""
        if not self._closed:
            self._used = max(self._used, self._process.cpu_seconds())
        return self._used

    def ask(self, request: wire.Request, limit: Limit) -> wire.Reply | Lost:
        """The reply to the request, or why there is none.

        After a Lost the child is dead, and every further request gets the same Lost.
        Raises WorkerLost if the worker itself is gone.
        """
        if self._lost is not None:
            return self._lost
        if self._closed:
            raise ValueError("this child is closed")
        outcome = Exchange(self._process, self._output, wire.encode(request), limit).run()
        if isinstance(outcome, Dead):
            outcome = self._autopsy()
        if isinstance(outcome, Lost):
            self._lost = outcome
            self._process.kill()
            self._process.wait()
            self._output.drain()
        else:
            self._answers += 1
        return outcome

    def close(self) -> None:
        """End the child; its output is kept. Idempotent."""
        if self._closed:
            return
        self._used = self.usage
        self._process.kill()
        self._output.drain()
        self._process.close()
        self._closed = True

    def _autopsy(self) -> Lost:
        """Why it is dead. Raises WorkerLost if that is our fault."""
        self._process.wait()
        self._output.drain()
        ended, printed = self._process.ended, self._output.text
        if ended is None:
            return Lost("crashed", "it ended in an unknown way")
        # Only before its first answer: later a student's code could exit like that too.
        if ended.code == control.EXIT_UNCONFINED and self._answers == 0:
            raise WorkerLost(f"a child could not be shut in: {last_line(printed)}")
        killed_for_memory = self._process.killed_for_memory()
        born = self._process.pipes
        if machine_gave_out(
            ended,
            inherited=born.inherited,
            memory=born.memory,
            killed_for_memory=killed_for_memory,
        ):
            raise WorkerLost(
                "this machine ran out of memory, by the doing of something else that runs on it"
            )
        return cause_of_death(ended, printed, killed_for_memory=killed_for_memory)
