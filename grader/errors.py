"""What can go wrong with the grader itself, as a tree.

    GraderError             everything below; its text is one line for a person
    +-- UsageError          the person asked for what can't be done: exit 2
    |   +-- ArchiveRefused      a zip, or a file in it, that the grader will not read
    +-- DifferenceFound     `validate` or `release --check` found a difference: exit 1
    +-- FaultError          the grader could not do its work: exit 3, never a zero
        +-- TierUnavailable     the isolation asked for does not work on this machine
        +-- WorkerLost          the worker died or stopped answering

A student's mistake is never an exception: it is a verdict in a report.
"""

from __future__ import annotations


class GraderError(Exception):
    """Base of all errors of the grader; `str()` is one line that says what to do."""

    exit_code = 3


class UsageError(GraderError):
    """The person asked for what can't be done."""

    exit_code = 2


class ArchiveRefused(UsageError):
    """A zip, or a file in it, that the grader will not read; `str()` says why.

    For a student's own zip it becomes the message of their report, and is no error.
    """


class DifferenceFound(GraderError):
    """A comparison that was asked for did not hold."""

    exit_code = 1


class FaultError(GraderError):
    """The grader could not do its work; no score may be written."""


class TierUnavailable(FaultError):
    """The isolation tier does not work here; with the reason why, and what to do."""

    def __init__(self, tier: str, reason: str, remedy: str) -> None:
        super().__init__(f"isolation {tier!r} does not work here: {reason}. {remedy}")
        self.tier, self.reason, self.remedy = tier, reason, remedy


class WorkerLost(FaultError):
    """The worker died or stopped answering, through no fault of a submission."""
