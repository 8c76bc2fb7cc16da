"""What a child may use: per request, kept by the judge; for its whole life, kept by the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from grader.sandbox.resources import memory
from grader.worker.control import Caps

MIB = 2**20

# The sums behind these: TensorFlow alone needs 0.4 GB of data and 1.5 GB of address space.
CPU_SECONDS = 120
ADDRESS_SPACE = 3 * 2**30
DATA = 2**30
# On a small machine less: what it has to spare for a child beyond what its worker holds.
GROWTH = 800 * MIB
# What is mapped and never touched: stacks, reserves, other libraries.
SLACK = 512 * MIB
FILE_SIZE = 16 * MIB
OPEN_FILES = 64

# Kept by the judge's watch where the kernel does not: in the tiers whose scratch folder lies
# on a disk, and where it counts threads per user only.
DISK_MOST = 64 * MIB
FILES_MOST = 256
THREADS_MOST = 100

# How often the judge looks at what the kernel does not keep or tell.
WATCH_SECONDS = 0.05

OUTPUT_KEPT = 64 * 2**10
OUTPUT_MOST = 16 * MIB


@dataclass(frozen=True)
class Limit:
    """What one request may cost.

    cpu_seconds: CPU time of all the child's threads. wall_seconds: hard and generous, for
    code that sleeps; on a loaded machine a right answer must still arrive in time.
    """

    cpu_seconds: float
    wall_seconds: float


def caps(processes: int | None) -> Caps:
    """The kernel's limits for one child."""
    return Caps(
        cpu_seconds=CPU_SECONDS,
        address_space=ADDRESS_SPACE,
        data=DATA,
        growth=memory.growth(GROWTH),
        slack=SLACK,
        file_size=FILE_SIZE,
        open_files=OPEN_FILES,
        processes=processes,
    )
