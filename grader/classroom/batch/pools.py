"""Where the work is done: a pool of processes here, or a Dask cluster.

    process                 what it does                          when its parent dies
    this one                reads, plans, writes; grades nothing  -
    pool process            judges; keeps one warm worker         leaves at once
    worker (the sandbox's)  imports TensorFlow, forks children    dies with the pool process

Both pools are used through concurrent.futures' Executor. What that interface leaves open is
how to go on when processes are lost; a Pool adds no more than that.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from grader.errors import FaultError, UsageError
from grader.sandbox.resources import memory
from grader.sandbox.resources.sharing import can_share

_WAIT_FOR_WORKERS = 60.0


class Pool(Protocol):
    """An executor that can be mended."""

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start the call. Raises FaultError if there is nobody left to do it."""

    def everywhere(self, function: Callable[..., Any], /, *args: Any) -> list[Future[Any]]:
        """Start the call in every process that there is, as far as that can be steered."""

    def call_off(self, future: Future[Any]) -> bool:
        """Whether the call was taken back before it began."""

    def slots(self) -> int:
        """How many calls run at once."""

    def check(self) -> None:
        """Raise FaultError if no call will ever come back."""

    def mend(self) -> None:
        """Replace what was lost; to be called when a call ended with its process."""

    def finish(self) -> None:
        """Let everything end in its own time; no call is running any more."""

    def stop(self) -> None:
        """Let go of everything, and wait for no call."""


class LocalPool:
    """Processes on this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor = self._start()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start the call in a process of the pool."""
        try:
            return self._executor.submit(function, *args)
        except RuntimeError as error:  # a broken pool refuses; its owner mends it
            lost: Future[Any] = Future()
            lost.set_exception(error)
            return lost

    def everywhere(self, function: Callable[..., Any], /, *args: Any) -> list[Future[Any]]:
        """Start the call so often that every process is needed."""
        return [self.submit(function, *args) for _ in range(self._jobs)]

    def call_off(self, future: Future[Any]) -> bool:
        """Whether the call was taken back before it began."""
        return future.cancel()

    def slots(self) -> int:
        """The number of processes."""
        return self._jobs

    def check(self) -> None:
        """A local pool always answers: a process that ends breaks its calls."""

    def mend(self) -> None:
        """A new pool; what is left of the old one is ended."""
        self.stop()
        self._executor = self._start()

    def finish(self) -> None:
        """Let the processes close their workers and leave."""
        self._executor.shutdown()

    def stop(self) -> None:
        """End all processes."""
        executor = self._executor
        processes = list((executor._processes or {}).values())  # noqa: SLF001 -- see below
        executor.shutdown(wait=False, cancel_futures=True)
        # Python 3.14 has `kill_workers` for this. Their workers see a closed pipe, and end.
        for process in processes:
            with suppress(OSError, ValueError, AttributeError):
                process.kill()

    def _start(self) -> ProcessPoolExecutor:
        # Not forked: the judge has threads, and a forked process would share its descriptors.
        return ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_begin
        )


class HerePool:
    """This process itself, for systems without what processes need to work together."""

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Make the call, here and now."""
        made: Future[Any] = Future()
        try:
            made.set_result(function(*args))
        except Exception as error:  # noqa: BLE001 -- as from any other pool
            made.set_exception(error)
        return made

    def everywhere(self, function: Callable[..., Any], /, *args: Any) -> list[Future[Any]]:
        """Make the call."""
        return [self.submit(function, *args)]

    def call_off(self, future: Future[Any]) -> bool:
        """Never: a call is over when anybody knows of it."""
        return future.cancel()

    def slots(self) -> int:
        """One."""
        return 1

    def check(self) -> None:
        """It always answers."""

    def mend(self) -> None:
        """Nothing can be lost."""

    def finish(self) -> None:
        """Its worker ends with this process."""

    def stop(self) -> None:
        """As above."""


class DaskPool:
    """A Dask cluster, through its own Executor."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError(
                "--scheduler needs Dask: install the extra custom-loss-grader[cluster]"
            ) from None
        _check_address(address)
        try:
            self._client: Any = Client(address, timeout=20, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise FaultError(f"no Dask scheduler answers at {address} ({error})") from None
        # Two hand-ins with the same bytes are still two; and a call is only tried again by the
        # batch, which knows that it was lost.
        self._executor: Executor = self._client.get_executor(pure=False, retries=0)
        self._address = address
        self._await_workers()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start the call on some worker of the cluster."""
        self.check()
        return self._executor.submit(function, *args)

    def everywhere(self, function: Callable[..., Any], /, *args: Any) -> list[Future[Any]]:
        """Start the call on each worker; on another one if it dies meanwhile."""
        self.check()
        return [
            self._executor.submit(function, *args, workers=[address], allow_other_workers=True)
            for address in self._workers()
        ]

    def call_off(self, future: Future[Any]) -> bool:  # noqa: ARG002 -- as in every pool
        """Never: Dask's futures would also take back what is running, and can't tell."""
        return False

    def slots(self) -> int:
        """The threads of all workers, as far as there are any at the moment."""
        return max(1, self._threads())

    def check(self) -> None:
        """Raise FaultError if the scheduler went away.

        A client that lost its connection tries to get it back by itself, for half a minute.
        """
        if self._client.status not in {"running", "connecting"}:
            raise FaultError(f"the Dask scheduler at {self._address} went away")

    def mend(self) -> None:
        """The cluster replaces its workers by itself; wait until there is one."""
        self._await_workers()

    def finish(self) -> None:
        """Leave the cluster; its workers stay warm for the next batch."""
        self.stop()

    def stop(self) -> None:
        """Leave the cluster; it goes on without us."""
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=5)

    def _workers(self) -> dict[str, dict[str, Any]]:
        # Nothing is known of them while the connection is lost.
        found: dict[str, dict[str, Any]] = {}
        with suppress(OSError):
            found = self._client.scheduler_info(n_workers=-1).get("workers", {})
        return found

    def _threads(self) -> int:
        return sum(worker.get("nthreads", 1) for worker in self._workers().values())

    def _await_workers(self) -> None:
        deadline = time.monotonic() + _WAIT_FOR_WORKERS
        while not self._threads():
            self.check()
            if time.monotonic() > deadline:
                self.stop()
                raise FaultError(f"the Dask scheduler at {self._address} has no workers")
            time.sleep(0.2)


def _check_address(address: str) -> None:
    # A client that can't even begin waits a minute, and dies with a traceback.
    from distributed.security import Security

    try:
        parts = urlsplit(address)
        known = parts.scheme in {"tcp", "tls"} and parts.hostname and parts.port
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"--scheduler {address}: should be tcp://HOST:PORT, or tls://HOST:PORT")
    if parts.scheme != "tls":
        return
    try:
        certified = Security().get_connection_args("client")["ssl_context"] is not None
        problem = "has none"
    except OSError as error:
        certified, problem = False, f"has some that can't be read ({error.strerror or error})"
    if not certified:
        raise UsageError(
            f"--scheduler {address}: needs certificates, and Dask's configuration {problem};"
            " see distributed.comm.tls there"
        )


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def places() -> int:
    """How many notebooks can be graded at once: by the cores, and by the memory there is."""
    limit = memory.limited_to()
    by_memory = cores() if limit is None else limit // memory.WHOLE_JOB
    return max(1, min(cores(), by_memory))


@contextmanager
def started(jobs: int, scheduler: str | None) -> Iterator[Pool]:
    """A pool of `jobs` processes here, or the cluster whose scheduler has that address."""
    pool: Pool
    if scheduler is not None:
        pool = DaskPool(scheduler)
    else:
        pool = LocalPool(jobs) if can_share() else HerePool()
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    pool.finish()


def _begin() -> None:
    # Ctrl-C reaches the whole group of processes; what to do about it the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # So does Ctrl-Z: what has begun is finished, since the time of a whole notebook runs on.
    # What it starts inherits this.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A process of a pool holds both ends of its queue, and would wait for ever for work
        # of a parent that was killed.
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: Any) -> None:
    parent.join()
    os._exit(1)
