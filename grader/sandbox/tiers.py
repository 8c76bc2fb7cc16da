"""The tiers of isolation, and what each must prove before it is believed."""

from __future__ import annotations

from grader.isolation import Tier
from grader.worker.control import Findings

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
        "Bubblewrap is installed, but the system or the container refuses what it needs. Allow "
        "user namespaces (on Ubuntu by an AppArmor profile for bwrap, elsewhere by the sysctl "
        "user.max_user_namespaces), or use --isolation landlock"
    ),
    Tier.LANDLOCK: "It needs Linux 5.13 or later with Landlock switched on (lsm=landlock,...)",
    Tier.PROCESS: "Run the grader as an ordinary user on a system that lets it start processes",
}
# What the reason itself says of the remedy, whatever the tier; the first that fits counts. Most
# of it is text that bwrap, `tempfile` or the kernel wrote, who say it in no other way.
_BY_REASON: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("root can't be given up", "which root becomes"),
        (
            "Run the grader as an ordinary user; or, as root, with the capabilities SETUID, "
            "SETGID and CHOWN and a Python that other users may read"
        ),
    ),
    (("temporary", "No space left"), "Make room there, or name another folder in TMPDIR"),
    (
        ("bwrap is not installed",),
        "Install the package `bubblewrap`; inside a container use --isolation landlock",
    ),
    (
        ("pidfd_open is refused", "realpath("),  # bwrap asks by faccessat2
        (
            "A container's old list of system calls does that: use a newer container runtime, or "
            "another tier"
        ),
    ),
)


def remedy(tier: Tier, why: str) -> str:
    """What to do about a tier that does not work for this reason."""
    for marks, words in _BY_REASON:
        if any(mark in why for mark in marks):
            return words
    if tier is Tier.LANDLOCK and "Operation not permitted" in why:
        return (
            "A container's list of system calls refuses it: use a newer container runtime, or one "
            "that allows the landlock_* calls"
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
