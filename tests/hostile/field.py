"""Where attacks are tried: one tier, its worker, the machine around it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import cache

from grader.report import Report
from grader.sandbox import Sandbox, Tier, survey
from tests.hostile import witness
from tests.hostile.attack import Attack, attacks
from tests.hostile.grading import graded, timeless
from tests.hostile.host import Host, Workers


@cache
def working() -> tuple[Tier, ...]:
    """The tiers that work on this machine."""
    return tuple(report.tier for report in survey() if report.works)


@cache
def tried(tier: Tier) -> tuple[Attack, ...]:
    """The attacks that are tried in this tier, on this machine."""
    machines = ("", platform.machine())
    return tuple(
        each for each in attacks() if tier not in each.untried and each.machine in machines
    )


@dataclass(frozen=True)
class Aftermath:
    """What came of a submission; wrongs: all that is not as it was, in words."""

    report: Report
    wrongs: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """Where attacks are tried: one tier, its worker, the machine around it."""

    tier: Tier
    sandbox: Sandbox
    host: Host
    workers: Workers
    witness_report: Report

    def aftermath(self, notebook: bytes, *, stopped: bool = True) -> Aftermath:
        """Grade a notebook, then look around, then grade the watchful notebook.

        stopped: whether all that it attempts must be, so that nothing may stay for long.
        """
        try:
            made = graded(self.sandbox, notebook)
            wrongs = self.host.wrongs()
        finally:
            self.host.tidy()
        wrongs += self.workers.wrongs(patient=stopped)
        self.workers.tidy()
        later = graded(self.sandbox, witness.witness_notebook())
        if timeless(later) != timeless(self.witness_report):
            wrongs.append("the next submission got another report")
        return Aftermath(made, (*wrongs, *self.host.wrongs()))
