"""Two Dask workers beside one: the same class, the same scheduler."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import mixture, watching
from tests.benchmarks.measuring import PROJECT, table

COUNT = 60


def tables() -> str:
    """One worker, two, one again: what the machine does meanwhile hits both."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        return "Dask is not installed here, so no cluster is measured."
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        mixture.write(folder / "class", COUNT)
        seconds = [_seconds(folder, number, workers) for number, workers in enumerate((1, 2, 1))]
    alone = (seconds[0] + seconds[2]) / 2
    rows = [
        ["one", f"{alone:.0f}", f"{60 * COUNT / alone:.0f}", "1"],
        ["two", f"{seconds[1]:.0f}", f"{60 * COUNT / seconds[1]:.0f}", f"{alone / seconds[1]:.2f}"],
    ]
    return table([f"Dask workers, {COUNT} hand-ins", "wall s", "a minute", "times one"], rows)


def _seconds(folder: Path, number: int, workers: int) -> float:
    """Wall seconds of a batch on workers that are warm, as those of a cluster stay."""
    with _cluster(folder / f"dask{number}", workers) as address:
        options = ("--scheduler", address)
        warming = folder / "few"
        if not warming.exists():
            mixture.write(warming, 4)
        watching.batch(warming, folder / f"warm{number}", *options)
        began = time.monotonic()
        watching.batch(folder / "class", folder / f"out{number}", *options)
        return time.monotonic() - began


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
