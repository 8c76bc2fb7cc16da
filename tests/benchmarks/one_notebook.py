"""One notebook: a cold command, and a warm worker in each tier of isolation."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

from grader.assignments.custom_losses import ASSIGNMENT
from grader.errors import TierUnavailable
from grader.judging import grade
from grader.sandbox import Sandbox, Tier, start
from grader.submission import Submission
from tests.benchmarks.measuring import PROJECT, REFERENCE, Cost, median, table, timed

COLD_RUNS, WARM_RUNS, PLAIN_RUNS = 5, 12, 6


def cold() -> str:
    """One notebook from a cold command, beside an import of TensorFlow; run in turn."""
    command = [sys.executable, "-m", "grader", "grade", str(REFERENCE), "-o", "-"]
    baseline = [sys.executable, "-c", "import tensorflow"]
    pairs = [(timed(command), timed(baseline)) for _ in range(COLD_RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return table(
        ["one notebook, cold", "wall s"],
        [
            ["`grader grade` (reference notebook)", f"{ours:.2f}"],
            ['`python -c "import tensorflow"`', f"{theirs:.2f}"],
            ["ratio, pair by pair", f"{ratio:.2f}"],
        ],
    )


def warm() -> str:
    """One notebook with a warm worker, tier by tier in turn, beside plain `fit` without a wall."""
    submission = Submission.read(REFERENCE)
    walls: dict[Tier, Sandbox] = {}
    starts: dict[Tier, float] = {}
    rows = []
    for tier in Tier:
        began = time.monotonic()
        try:
            walls[tier] = start(tier)
            _ = walls[tier].versions
        except TierUnavailable as problem:
            rows.append([tier.value, "-", "-", f"not here: {problem.reason}"])
            continue
        starts[tier] = time.monotonic() - began
        grade(submission, walls[tier], ASSIGNMENT)
    costs: dict[Tier, list[Cost]] = {tier: [] for tier in walls}
    for _ in range(WARM_RUNS):
        for tier, wall in walls.items():
            timing = grade(submission, wall, ASSIGNMENT).report.timing
            costs[tier].append(Cost(timing.wall_seconds, timing.cpu_seconds))
    for tier, wall in walls.items():
        wall.close()
        cost = median(costs[tier])
        rows.append([tier.value, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{starts[tier]:.1f}"])
    rows.append(["no wall, one warm process, plain `fit`", "", f"{plain():.2f}", ""])
    return table(["one notebook, warm worker", "wall s", "CPU s", "first start, s"], rows)


def plain() -> float:
    """CPU seconds of the baseline; its first notebook warms the process up."""
    command = [sys.executable, "-m", "tests.benchmarks.plain", str(REFERENCE), str(PLAIN_RUNS + 1)]
    run = subprocess.run(
        command, check=True, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith(b"{")]
    assert all(line["score"] == 100 for line in lines), "the baseline grades otherwise"
    return median([Cost(0, line["cpu"]) for line in lines[1:]]).cpu
