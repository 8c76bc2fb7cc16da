"""The limits that a shell, a service or a cluster's queue has put on this process.

All that the grader starts inherits them. A child that had less than its own limits say would
turn right answers into wrong ones, so the soft ones are raised, and hard ones that are too low
are refused by their names.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass

from grader.sandbox.resources import limits

_MIB = 2**20


@dataclass(frozen=True)
class _Need:
    """One limit. letter: of `ulimit`. least: what is needed. unit, in: how people count it."""

    kind: int
    letter: str
    least: int
    what: str
    unit: str = ""
    divisor: int = 1


def _needs() -> tuple[_Need, ...]:
    return (
        # A grading takes seconds; the judge and each worker have a count of their own.
        _Need(resource.RLIMIT_CPU, "t", limits.CPU_SECONDS + 60, "CPU time", " s"),
        _Need(resource.RLIMIT_NOFILE, "n", 256, "open files"),
        _Need(resource.RLIMIT_FSIZE, "f", limits.FILE_SIZE, "the size of a file", " MB", _MIB),
        _Need(resource.RLIMIT_STACK, "s", 4 * _MIB, "the stack", " MB", _MIB),
        _Need(resource.RLIMIT_NPROC, "u", 64, "processes and threads"),
        _Need(resource.RLIMIT_AS, "v", limits.ADDRESS_SPACE, "memory", " MB", _MIB),
        _Need(resource.RLIMIT_DATA, "d", limits.DATA, "data", " MB", _MIB),
    )


def raise_them() -> None:
    """Raise each soft limit that is too low, as far as the hard one lets it."""
    for need in _needs():
        soft, hard = resource.getrlimit(need.kind)
        if soft != resource.RLIM_INFINITY and soft < need.least:
            enough = need.least if hard == resource.RLIM_INFINITY else min(need.least, hard)
            # A limit on what is used up in time is lifted altogether, if that is allowed.
            wanted = hard if need.kind == resource.RLIMIT_CPU else enough
            resource.setrlimit(need.kind, (wanted, hard))


def lacking() -> str:
    """The first limit that is too low to grade under, and its name; empty if none is."""
    for need in _needs():
        soft, _ = resource.getrlimit(need.kind)
        if soft != resource.RLIM_INFINITY and soft < need.least:
            have, least = soft // need.divisor, -(-need.least // need.divisor)
            return (
                f"`ulimit -{need.letter}` limits {need.what} to {have}{need.unit}, and the grader"
                f" needs {least}{need.unit}"
            )
    return ""
