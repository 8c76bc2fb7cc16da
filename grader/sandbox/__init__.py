"""The wall, seen from outside: workers, their children, tiers and limits."""

from grader.sandbox.child import Child, Lost
from grader.sandbox.limits import Limit
from grader.sandbox.starting import Sandbox, TierReport, start, survey
from grader.sandbox.tiers import Tier
from grader.sandbox.worker import Versions

__all__ = [
    "Child",
    "Limit",
    "Lost",
    "Sandbox",
    "Tier",
    "TierReport",
    "Versions",
    "start",
    "survey",
]
