"""A running command, looked at from outside: the CPU time and the memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.measuring import PROJECT

# To look costs a hundredth of a core, which the command has to do without.
_EVERY = 0.5


@dataclass(frozen=True)
class Look:
    """What there was at one moment.

    at: seconds since the start. done: how many reports. cpu: CPU seconds of all processes so
    far. judges, workers: resident bytes of each process of the pool, and of each warm worker.
    """

    at: float
    done: int
    cpu: float
    judges: tuple[int, ...]
    workers: tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """A command from its start to its end.

    landed: when each report was written, in seconds since the start.
    """

    seconds: float
    looks: tuple[Look, ...]
    landed: tuple[float, ...] = ()

    def further(self) -> float:
        """Seconds for each report after the first."""
        return (self.landed[-1] - self.landed[0]) / (len(self.landed) - 1)

    def after(self, done: int) -> Look:
        """The first look with so many reports."""
        return next(look for look in self.looks if look.done >= done)

    def last(self) -> Look:
        """The last look while there was still work for every process."""
        most = self.looks[-1].done
        return next(look for look in self.looks if look.done >= most - 2)

    def a_minute(self, settled: int) -> float:
        """Reports in a minute, from the first `settled` on, while there is work for everybody."""
        first, last = self.after(settled), self.last()
        return 60 * (last.done - first.done) / (last.at - first.at)


def batch(submissions: Path, out: Path, *options: str, tree: Path = PROJECT) -> Run:
    """`grader batch` of the tree, watched. Raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "grader", "batch", str(submissions), "-o", str(out)]
    began, clock = time.monotonic(), time.time()
    process = subprocess.Popen(
        [*command, *options],
        cwd=tree,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    looks: list[Look] = []
    stopped = threading.Event()

    def watch() -> None:
        root = psutil.Process(process.pid)
        while not stopped.wait(_EVERY):
            looks.append(_look(root, out, began))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        code = process.wait()
        seconds = time.monotonic() - began
    finally:
        stopped.set()
        watcher.join()
        process.kill()
    if code:
        raise subprocess.CalledProcessError(code, process.args)
    landed = sorted(path.stat().st_mtime - clock for path in (out / "reports").glob("*.json"))
    return Run(seconds, tuple(look for look in looks if look.cpu), tuple(landed))


def _look(root: psutil.Process, out: Path, began: float) -> Look:
    cpu, judges, workers = 0.0, [], []
    try:
        below = root.children(recursive=True)
    except psutil.Error:
        below = []
    for process in (root, *below):
        try:
            times = process.cpu_times()
            # A child that was waited for counts with its parent.
            cpu += times.user + times.system + times.children_user + times.children_system
            if "spawn_main" in " ".join(process.cmdline()):
                judges.append(process.memory_info().rss)
            elif _is_worker(process) and not _is_worker(process.parent()):
                # Not the children that grade, which are forked from it: those come and go.
                workers.append(process.memory_info().rss)
        except psutil.Error:
            continue
    done = len(list((out / "reports").glob("*.json")))
    at = time.monotonic() - began
    return Look(at, done, cpu, tuple(judges), tuple(workers))


def _is_worker(process: psutil.Process | None) -> bool:
    """Whether it is Python inside the wall; what starts the wall has the same words behind it."""
    words = process.cmdline() if process is not None else []
    return bool(words) and "python" in words[0] and any("worker/__main__" in one for one in words)
