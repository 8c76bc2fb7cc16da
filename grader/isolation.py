"""The tiers of isolation by name, and what is found out about each on a machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How strangers' code is shut in, strongest first."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    PROCESS = "process"


@dataclass(frozen=True)
class TierReport:
    """What `grader doctor` says of a tier; `why` and `remedy` are empty where it works."""

    tier: Tier
    works: bool
    why: str
    remedy: str
    stops: tuple[str, ...]
