"""Tables for people who run the grader: the rubric, and what works on this machine."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.formats import wording
from grader.isolation import TierReport
from grader.kit.checks import CheckRow

_PACKAGES = ("keras", "numpy", "pytest", "msgspec")
# The same modules under two names; either will do. The first that is there is the one.
_TENSORFLOWS = ("tensorflow", "tensorflow-cpu")
_TIMEOUT = 10
_ABSENT = "not installed"


class _RubricLine(msgspec.Struct, frozen=True):
    exercise: str
    name: str
    title: str
    points: float
    public: bool


def rubric(rows: Iterable[CheckRow]) -> RenderableType:
    """Every check with its points, exercise by exercise, and what they add up to."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    total = 0.0
    for name, group in groupby(rows, key=lambda row: row.exercise):
        checks = list(group)
        points = sum(check.points for check in checks)
        if total:
            table.add_row()
        total += points
        table.add_row(Text(wording.points(points), "bold"), Text(name, "bold"), Text())
        for check in checks:
            title = Text(check.title)
            if check.public:
                title.append(" (public)", "dim")
            table.add_row(Text(wording.points(check.points)), f"  {check.name}", title)
    return Group(table, Text(f"{wording.counted(total, 'point')} in all", "bold"))


def rubric_json(rows: Iterable[CheckRow]) -> bytes:
    """The same as a JSON list, ending in a newline."""
    lines = [_RubricLine(row.exercise, row.name, row.title, row.points, row.public) for row in rows]
    return msgspec.json.format(msgspec.json.encode(lines), indent=2) + b"\n"


def versions() -> dict[str, str]:
    """What is installed here, by name; read without importing any of it."""
    found = {
        "grader": _package("custom-loss-grader"),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    there = [name for name in _TENSORFLOWS if _package(name) != _ABSENT]
    found |= {name: _package(name) for name in there or _TENSORFLOWS[:1]}
    found |= {name: _package(name) for name in _PACKAGES}
    return found | {"bubblewrap": _bubblewrap()}


def doctor(installed: dict[str, str], tiers: Iterable[TierReport]) -> RenderableType:
    """Versions, and each tier: whether it works here, why not, what to do, what it stops."""
    table = Table.grid(padding=(0, 2))
    for name, number in installed.items():
        table.add_row(Text(f"  {name}"), Text(number))
    parts: list[RenderableType] = [Text("Versions", "bold"), table, Text()]
    parts.append(Text("Isolation, the strongest first", "bold"))
    for tier in tiers:
        state = Text("works", "green") if tier.works else Text("does not work here", "red")
        parts.append(Text("  ").append(tier.tier, "bold").append(": ").append(state))
        if not tier.works:
            said = ". ".join(part.rstrip(".") for part in (tier.why, tier.remedy) if part)
            parts.append(Padding(Text(said), (0, 0, 0, 4)))
        if tier.stops:
            parts.append(Padding(Text(f"stops: {'; '.join(tier.stops)}", "dim"), (0, 0, 0, 4)))
    return Group(*parts)


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _ABSENT


def _bubblewrap() -> str:
    program = shutil.which("bwrap")
    if program is None:
        return _ABSENT
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "does not start"
    return done.stdout.strip().removeprefix("bubblewrap ") or "does not start"
