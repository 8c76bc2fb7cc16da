"""Real sandboxes, around a worker that executes whatever a test sends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.sandbox import Child, Limit, Lost, Sandbox, Tier, start, survey
from grader.sandbox.launch import WORKER
from grader.worker import wire

STANDIN = Path(__file__).parent / "standin"
# What makes the walls and the conversation; all else in the folder needs TensorFlow.
BUILDING = ("__init__", "__main__", "child", "confine", "control", "kernel", "landlock",
            "scratch", "seccomp", "system_calls", "wire", "zygote")  # fmt: skip
QUICK = Limit(cpu_seconds=2, wall_seconds=20)

Run = Callable[..., str | Lost]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real worker with the stand-in service."""
    made = tmp_path_factory.mktemp("worker")
    for name in BUILDING:
        shutil.copy(WORKER / f"{name}.py", made)
    for path in STANDIN.glob("*.py"):
        shutil.copy(path, made)
    return made


WORKING = [report.tier for report in survey() if report.works]
STRONG = [tier for tier in WORKING if tier is not Tier.PROCESS]


@pytest.fixture(scope="session", params=WORKING)
def sandbox(request: pytest.FixtureRequest, folder: Path) -> Iterator[Sandbox]:
    """A sandbox in each tier that works here."""
    with start(request.param, folder) as started:
        yield started


@pytest.fixture(scope="session", params=STRONG)
def strong(request: pytest.FixtureRequest, folder: Path) -> Iterator[Sandbox]:
    """A sandbox in each tier that shuts strangers in."""
    with start(request.param, folder) as started:
        yield started


@pytest.fixture
def child(sandbox: Sandbox) -> Iterator[Child]:
    """A fresh child in each tier."""
    with sandbox.open() as opened:
        yield opened


@pytest.fixture
def inmate(strong: Sandbox) -> Iterator[Child]:
    """A fresh child in each strong tier."""
    with strong.open() as opened:
        yield opened


def run(child: Child, source: str, limit: Limit = QUICK) -> str | Lost:
    """What `result` is after executing the source in the child, as its repr."""
    reply = child.ask(wire.Open(source.encode(), ()), limit)
    if isinstance(reply, Lost):
        return reply
    assert isinstance(reply, wire.Unreadable)
    return reply.reason
