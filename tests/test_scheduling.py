"""Tests that share something costly are together in one test process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict

import pytest

from tests.conftest import PROJECT
from tests.scheduling import LONGEST, rank, unit

ATTACKS = "tests/hostile/test_attacks.py::test_an_attack_costs_itself_alone"


@pytest.mark.slow
def test_a_file_is_never_divided() -> None:
    """Seen from outside: which test process had which test."""
    files = ["tests/formats/test_losses.py", "tests/worker/test_wire.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist", "loadscope",
         "-p", "no:cacheprovider", *files],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    processes = defaultdict(set)
    for process, file in re.findall(r"^\[(gw\d)\].* PASSED ([\w/.]+)::", done.stdout, re.MULTILINE):
        processes[file].add(process)
    assert sorted(processes) == files
    assert all(len(each) == 1 for each in processes.values())


def test_attacks_are_divided_by_tier_and_by_whether_they_last() -> None:
    """One worker of the tier serves them all."""
    quick = unit(f"{ATTACKS}[landlock-S5_leaves_with_a_signal]")
    lasting = unit(f"{ATTACKS}[landlock-R3_sleeps]")
    assert unit(f"{ATTACKS}[landlock-Z9_stops_the_worker]") == quick != lasting
    assert unit(f"{ATTACKS}[process-S5_leaves_with_a_signal]") not in (quick, lasting)


def test_what_takes_long_begins_first() -> None:
    """All of these exist."""
    assert rank(f"{ATTACKS}[landlock-R3_sleeps]") == 0
    assert rank("tests/worker/test_wire.py::test_x") == len(LONGEST)
    assert all((PROJECT / name.partition("::")[0]).exists() for name in LONGEST)
