"""`make bench`: every table about speed, measured again on this machine.

Usage: python -m tests.benchmarks [TABLE ...]; all of them without a name. With `--before COMMIT`
one table: what the same work costs here and there, in turn.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.benchmarks import (
    beside,
    cluster,
    many_reports,
    one_notebook,
    today,
    whole_class,
    wrong_answers,
)

TABLES: dict[str, Callable[[], str]] = {
    "cold": one_notebook.cold,
    "warm": one_notebook.warm,
    "wrong": wrong_answers.tables,
    "definitions": today.definitions,
    "course": today.trainings,
    "class": whole_class.tables,
    "dask": cluster.tables,
    "reports": many_reports.tables,
}


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument(
        "--before",
        metavar="COMMIT",
        help=f"compare with this commit, in turn; then TABLE is one of {', '.join(beside.NAMES)}",
    )
    parser.add_argument("--hand-ins", type=int, default=beside.HAND_INS, help="in such a class")
    parser.add_argument("--pairs", type=int, default=beside.PAIRS, help="of such runs")
    options = parser.parse_args()
    asked = options.tables
    known = TABLES if options.before is None else beside.NAMES
    if unknown := [name for name in asked if name not in known]:
        parser.error(f"no such table: {', '.join(unknown)}; there are {', '.join(known)}")
    print("Figures of one run on this machine; compare them as ratios.\n", flush=True)
    if options.before is None:
        for name in asked or TABLES:
            print(TABLES[name](), end="\n\n", flush=True)
        return
    try:
        print(beside.tables(options.before, asked, options.hand_ins, options.pairs))
    except beside.NoSuchCommitError as error:
        parser.error(f"--before: {error}")


if __name__ == "__main__":
    main()
