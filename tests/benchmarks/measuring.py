"""Whole processes, timed from outside, and tables out of the figures."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = PROJECT / "solutions" / "custom_losses.ipynb"


@dataclass(frozen=True)
class Cost:
    """Seconds of one grading: on the clock, and of CPU in the judge and all children."""

    wall: float
    cpu: float


def timed(command: Sequence[str]) -> float:
    """Wall seconds of the command, from its start to its end.

    Its CPU time can't be told from outside: the worker's is counted in a process namespace of its
    own. Raises CalledProcessError if it fails.
    """
    started = time.monotonic()
    subprocess.run(
        command,
        check=True,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    return time.monotonic() - started


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
