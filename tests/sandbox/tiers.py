"""Which tiers of isolation work here: found out when a test needs one, as it takes seconds."""

from __future__ import annotations

import functools

import pytest

from grader.sandbox import Tier, survey

STRONG = tuple(tier for tier in Tier if tier is not Tier.PROCESS)


@functools.cache
def working() -> tuple[Tier, ...]:
    """The tiers that work here."""
    return tuple(report.tier for report in survey() if report.works)


def need(tier: Tier) -> Tier:
    """The tier, where it works; elsewhere the test is skipped."""
    if tier not in working():
        pytest.skip(f"{tier} does not work here")
    return tier
