"""The tiers of isolation, and what each must prove before it is believed."""

from __future__ import annotations

from enum import StrEnum

from grader.worker.control import Findings


class Tier(StrEnum):
    """How strangers' code is shut in, strongest first."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    PROCESS = "process"


STOPS: dict[Tier, tuple[str, ...]] = {
    Tier.BUBBLEWRAP: (
        "forged scores",
        "reading the project, other submissions, the home folder, even their names",
        "the network",
        "signals to, tracing of and writing into any other process",
        "new processes, and anything left behind",
        "using up memory, CPU time, disk, processes or open files",
    ),
    Tier.LANDLOCK: (
        "forged scores",
        "reading the project, other submissions, the home folder (names can still be guessed at)",
        "the network",
        "signals to, tracing of and writing into any other process",
        "new processes, and anything left behind",
        "using up memory, CPU time, disk or open files",
    ),
    Tier.PROCESS: (
        "forged scores",
        "using up memory, CPU time or open files",
    ),
}

_REMEDIES: dict[Tier, str] = {
    Tier.BUBBLEWRAP: (
        "Install the package `bubblewrap`; inside a container, or where the system forbids "
        "user namespaces, use --isolation landlock"
    ),
    Tier.LANDLOCK: "It needs Linux 5.13 or later with Landlock switched on (lsm=landlock,...)",
    Tier.PROCESS: "Run the grader as an ordinary user on a system that lets it start processes",
}


def remedy(tier: Tier, why: str) -> str:
    """What to do about a tier that does not work for this reason."""
    if "root can't be given up" in why or "which root becomes" in why:
        return (
            "Run the grader as an ordinary user; or, as root, with the capabilities SETUID, "
            "SETGID and CHOWN and a Python that other users may read"
        )
    return _REMEDIES[tier]


def shortfall(tier: Tier, found: Findings) -> str:
    """What a trial child could do that the tier must stop; empty if the tier holds."""
    if found.user == 0:
        return "the worker runs as root"
    if tier is Tier.PROCESS:
        return ""
    held = {
        "a file outside could be read": found.canary_read,
        "a hidden file could be read": found.hidden_read,
        "a socket could be opened": found.network,
        "a process could be started": found.forked,
        "a file could be written outside its folder": found.wrote,
        "new privileges are not ruled out": found.no_new_privs != 1,
        "no system-call filter is in force": found.seccomp != 2,  # SECCOMP_MODE_FILTER
    }
    return "; ".join(what for what, failed in held.items() if failed)
