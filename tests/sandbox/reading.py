"""`python -m tests.sandbox.reading`: what a child can read of the machine, tier by tier.

Made by probes that run in a child. The table stands in `docs/security.md`.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import Child, Tier, start
from tests.sandbox.asking import value, worker_folder

_FILE = """
import os
try:
    with open({path!r}, "rb") as stream:
        stream.read(1)
    result = "contents"
except OSError:
    result = "name and size" if os.path.exists({path!r}) else "nothing"
"""
_FOLDER = """
import os
try:
    os.listdir({path!r})
    result = "names"
except OSError:
    result = "nothing"
"""
_NAME = "import os; result = 'it' if os.uname().nodename == {host!r} else 'nothing'"


@dataclass(frozen=True)
class Probe:
    """One thing to read. source: gives how much of it can be read, in a word or two."""

    what: str
    source: str


def probes() -> tuple[Probe, ...]:
    """Everything that is tried; what it is about is there, outside."""
    return (
        Probe("Python and its packages", _FILE.format(path=os.__file__)),
        Probe("the grader, its hidden checks", _FILE.format(path=_rubric())),
        Probe("system files (`/etc/passwd`)", _FILE.format(path="/etc/passwd")),
        Probe("names in folders (`/etc`)", _FOLDER.format(path="/etc")),
        Probe("other processes (`/proc/1/cmdline`)", _FILE.format(path="/proc/1/cmdline")),
        Probe(
            "the network's state (`/proc/self/net/tcp`)", _FILE.format(path="/proc/self/net/tcp")
        ),
        Probe("mounts (`/proc/self/mountinfo`)", _FILE.format(path="/proc/self/mountinfo")),
        Probe("control groups (`/proc/self/cgroup`)", _FILE.format(path="/proc/self/cgroup")),
        Probe("processors (`/proc/cpuinfo`)", _FILE.format(path="/proc/cpuinfo")),
        Probe("the host's name", _NAME.format(host=socket.gethostname())),
        Probe(
            "the kernel's version", "import os; result = 'it' if os.uname().release else 'nothing'"
        ),
    )


def read(child: Child) -> dict[str, str]:
    """What a child can read of each."""
    return {probe.what: value(child, probe.source) for probe in probes()}


def table() -> str:
    """A row for each probe, in Markdown. All tiers have to work here."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        worker_folder(folder)
        for tier in Tier:
            with start(tier, folder) as sandbox, sandbox.open() as child:
                found[tier] = read(child)
    rows = ["| what a child reads of | " + " | ".join(Tier) + " |", "| --- |" + " --- |" * 3]
    rows += [row(probe.what, [found[tier][probe.what] for tier in Tier]) for probe in probes()]
    return "\n".join(rows) + "\n"


def row(what: str, cells: list[str]) -> str:
    """One row."""
    return f"| {what} | {' | '.join(cells)} |"


def _rubric() -> str:
    import grader.assignments.custom_losses.checks

    return str(Path(grader.assignments.custom_losses.checks.__file__).parent / "test_form.py")


if __name__ == "__main__":
    sys.stdout.write(table())
