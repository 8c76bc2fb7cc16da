"""How much memory this machine, or the container that it is, lets all of the grader have.

A container's limit is kept by control groups, of which one may lie in another; each of them
holds. Version 1 and version 2 name and mount them differently (cgroups(7)).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

# Beside a child there are: a judge (60 MiB), TensorFlow in the worker (200 MiB of its own and
# 350 MiB of its files, of which half may be dropped and read again), and the kernel's share.
BESIDE_A_CHILD = 512 * 2**20
# A right answer makes the worker's memory grow by a tenth of this.
LEAST = 128 * 2**20
WHOLE_JOB = BESIDE_A_CHILD + LEAST
_LIMITS = ("memory.max", "memory.limit_in_bytes")


def growth(most: int) -> int:
    """By how many bytes a child may grow beyond the worker that it was forked from.

    most: where there is memory enough. It depends on the limits alone, and not on what else
    runs: a notebook graded twice meets the same one.
    """
    limit = limited_to()
    return most if limit is None else max(LEAST, min(most, limit - BESIDE_A_CHILD))


def limited_to(root: Path = Path("/")) -> int | None:
    """The memory of this machine or container, in bytes; None where that can't be told."""
    found = [*_machine(), *_groups(root)]
    return min(found, default=None)


def _machine() -> Iterator[int]:
    try:
        yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return


def _groups(root: Path) -> Iterator[int]:
    """The limits of the control groups that this process is in, from the inmost outwards."""
    try:
        memberships = (root / "proc/self/cgroup").read_text().splitlines()
        mounts = (root / "proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return
    for membership in memberships:
        _, controllers, path = membership.split(":", 2)
        # The line of version 2 names no controllers.
        if controllers and "memory" not in controllers.split(","):
            continue
        for mounted, top in _mounted(mounts, version_2=not controllers):
            yield from _below(root / top.relative_to("/"), _inside(path, mounted))


def _mounted(mounts: list[str], *, version_2: bool) -> Iterator[tuple[str, PurePosixPath]]:
    """Which group is shown where, for each mount of that kind."""
    for line in mounts:
        before, _, after = line.partition(" - ")
        kind, _, options = (*after.split(" ", 2), "", "")[:3]
        holds = kind == "cgroup2" if version_2 else "memory" in options.split(" ")[-1].split(",")
        if holds and kind in ("cgroup", "cgroup2"):
            fields = before.split(" ")
            yield fields[3], PurePosixPath(fields[4])


def _inside(path: str, mounted: str) -> PurePosixPath:
    """The group's path below the mount; the mount itself where it lies outside."""
    try:
        inside = PurePosixPath(path).relative_to(mounted)
    except ValueError:
        return PurePosixPath()
    return PurePosixPath() if ".." in inside.parts else inside


def _below(top: Path, inside: PurePosixPath) -> Iterator[int]:
    for part in (inside, *inside.parents):
        for name in _LIMITS:
            try:
                text = (top / part / name).read_text().strip()
            except OSError:
                continue
            if text.isdigit():  # "max" is none
                yield int(text)
