"""A batch with the fake grader as a command, to be killed in ways that a test can't be.

Usage: python -m tests.classroom.driver SUBMISSIONS OUT [--jobs N] [--scheduler ADDRESS] [--diff]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.assignments.custom_losses import ASSIGNMENT
from grader.classroom.batch import folder, pools, runner
from grader.classroom.batch.ledger import Options
from grader.classroom.intake import download
from grader.classroom.results import publishing
from grader.cli.batch_progress import Lines, stoppable
from grader.errors import GraderError
from tests.classroom import fakes


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("submissions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scheduler")
    parser.add_argument("--diff", action="store_true")
    asked = parser.parse_args()
    try:
        with (
            download.opened(asked.submissions) as found,
            folder.opened(asked.out, (one.student for one in found.handins)) as out,
            stoppable() as stop,
            pools.started(asked.jobs, asked.scheduler) as pool,
        ):
            options = Options(feedback=False, diff=asked.diff)
            outcome = runner.run(found, out, fakes.Make(), pool, Lines(), options, stop)
            if outcome.interrupted:
                return 130
            if not options.only_looks:
                publishing.publish(out, found, outcome, ASSIGNMENT)
    except GraderError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 3 if outcome.not_graded else 0


if __name__ == "__main__":
    sys.exit(main())
