"""Where a container refuses system calls that it does not know, and what is said then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.isolation import Tier
from grader.sandbox.tiers import remedy

pytestmark = pytest.mark.wall

# The same numbers on every machine: all are newer than the common table.
PIDFD_SEND_SIGNAL, PIDFD_OPEN, FACCESSAT2 = 424, 434, 439
LANDLOCK = (444, 445, 446)
ROOT = Path(__file__).resolve().parents[2]


def survey(*refused: int) -> dict[str, str]:
    """Each tier, found out below such a filter: empty if it works, else why not and what to do."""
    code = (
        "from grader.sandbox import survey\n"
        "for tier in survey(): print(tier.tier, '' if tier.works else f'{tier.why}. {tier.remedy}',"
        " sep='|')"
    )
    numbers = ",".join(map(str, refused))
    done = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.old_container", numbers, sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return dict(line.split("|", 1) for line in done.stdout.splitlines())


def test_a_container_without_faccessat2() -> None:
    """Who may read Python's files is found out by reading them."""
    tiers = survey(FACCESSAT2)
    assert tiers[Tier.PROCESS] == ""
    assert not any("can't read" in said or "Install" in said for said in tiers.values())


def test_a_container_without_pidfds() -> None:
    tiers = survey(PIDFD_SEND_SIGNAL, PIDFD_OPEN)
    assert tiers[Tier.PROCESS] == ""
    assert tiers[Tier.BUBBLEWRAP].startswith("pidfd_open is refused") or not tiers[Tier.LANDLOCK]


def test_a_container_without_landlock() -> None:
    """It is not the kernel that is too old."""
    tiers = survey(*LANDLOCK)
    assert "Operation not permitted" in tiers[Tier.LANDLOCK]
    assert "container runtime" in tiers[Tier.LANDLOCK]


@pytest.mark.parametrize(
    ("tier", "why", "says"),
    [
        (Tier.BUBBLEWRAP, "the program bwrap is not installed", "Install the package"),
        (Tier.BUBBLEWRAP, "bwrap: No permissions to create new namespace", "is installed"),
        (Tier.BUBBLEWRAP, "bwrap: setting up uid map: Permission denied", "AppArmor"),
        (Tier.LANDLOCK, "OSError(38, 'Function not implemented')", "Linux 5.13"),
        (Tier.LANDLOCK, "OSError(95, 'Operation not supported')", "lsm=landlock"),
        (Tier.PROCESS, "No usable temporary directory found in ['/tmp']", "TMPDIR"),
        (Tier.LANDLOCK, "[Errno 28] less than 64 MB is left for temporary files", "TMPDIR"),
    ],
)
def test_the_remedy_is_for_the_reason(tier: Tier, why: str, says: str) -> None:
    said = remedy(tier, why)
    assert says in said
    assert ("Install" in said) == ("not installed" in why)
