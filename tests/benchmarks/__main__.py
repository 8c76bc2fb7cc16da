"""`make bench`: every table about speed, measured again on this machine.

Usage: python -m tests.benchmarks [TABLE ...]; all of them without a name.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.benchmarks import cluster, many_reports, one_notebook, today, whole_class, wrong_answers

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
    asked = parser.parse_args().tables
    if unknown := [name for name in asked if name not in TABLES]:
        parser.error(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}")
    print("Figures of one run on this machine; compare them as ratios.\n")
    for name in asked or TABLES:
        print(TABLES[name](), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
