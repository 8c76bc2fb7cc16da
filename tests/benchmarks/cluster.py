"""Two Dask workers beside one: the same class, the same scheduler."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import mixture, watching
from tests.benchmarks.measuring import PROJECT, table
from tests.benchmarks.watching import Run

COUNT, ROUNDS = 40, 3
_SETTLED = 5


def tables() -> str:
    """A cluster of one worker and one of two, in turn, both warm as a cluster stays.

    In turn, since a machine is not as fast in one minute as in the next.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        return "Dask is not installed here, so no cluster is measured."
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        mixture.write(folder / "few", 4)
        mixture.write(folder / "class", COUNT)
        with _cluster(folder / "one", 1) as one, _cluster(folder / "two", 2) as two:
            for address in (one, two):
                _graded(folder / "few", address)
            turns = [
                (_graded(folder / "class", one), _graded(folder / "class", two))
                for _ in range(ROUNDS)
            ]
    rates = [[run.a_minute(_SETTLED) for run in turn] for turn in turns]
    rows = [
        [str(number), f"{one:.0f}", f"{two:.0f}", f"{two / one:.2f}"]
        for number, (one, two) in enumerate(rates, 1)
    ]
    middle = statistics.median(two / one for one, two in rates)
    heads = [f"Dask, {COUNT} hand-ins a turn", "one worker, a minute", "two workers", "times one"]
    return f"{table(heads, rows)}\n\nThe median: two workers do {middle:.2f} times the work of one."


def _graded(submissions: Path, address: str) -> Run:
    with tempfile.TemporaryDirectory() as out:
        return watching.batch(submissions, Path(out), "--scheduler", address)


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers, each a process of its own."""
    folder.mkdir()
    file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_"]
    common = ["--no-dashboard", "--scheduler-file", str(file)]
    scheduler = [*dask[:2], dask[2] + "scheduler", "--host", "127.0.0.1", "--port", "0", *common]
    worker = [*dask[:2], dask[2] + "worker", "--nthreads", "1", "--no-nanny", *common]
    started = [_start(scheduler, folder)]
    try:
        while not file.exists():
            time.sleep(0.1)
        for number in range(workers):
            local = ["--local-directory", str(folder / str(number)), "--memory-limit", "0"]
            started.append(_start([*worker, *local], folder))
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
            address = str(client.scheduler.address)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def _start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=log)
