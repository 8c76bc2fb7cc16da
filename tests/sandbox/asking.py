"""How the tests of the wall talk to a child: source code in, the repr of a value out."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path
from typing import Any

from grader.sandbox import Child, Limit, Lost
from grader.sandbox.launch import WORKER
from grader.worker import wire
from tests.sandbox import measuring

STANDIN = Path(__file__).parent / "standin"
# What makes the walls and the conversation; all else in the folder needs TensorFlow.
BUILDING = ("__init__", "__main__", "child", "control", "wire", "zygote")
BYTE_CODE = shutil.ignore_patterns("__pycache__")
QUICK = Limit(cpu_seconds=10, wall_seconds=60)


def worker_folder(made: Path) -> Path:
    """The folder, filled with the real worker around the stand-in service."""
    for name in BUILDING:
        shutil.copy(WORKER / f"{name}.py", made)
    shutil.copytree(WORKER / "walls", made / "walls", ignore=BYTE_CODE, dirs_exist_ok=True)
    shutil.copytree(STANDIN, made, ignore=BYTE_CODE, dirs_exist_ok=True)
    measuring.prepare(made)
    if os.geteuid() == 0:
        # The worker becomes another user, who has to be able to read it.
        for path in (made, *made.rglob("*")):
            path.chmod(0o755)
    return made


def attempt(child: Child, source: str, limit: Limit = QUICK) -> str | Lost:
    """What becomes of executing the source: the repr of its `result`, or a Lost."""
    reply = child.ask(wire.Open(source.encode(), ()), limit)
    if isinstance(reply, Lost):
        return reply
    assert isinstance(reply, wire.Unreadable)
    return reply.reason


def value(child: Child, source: str, limit: Limit = QUICK) -> Any:
    """The `result` of executing the source, which must be a plain literal."""
    reply = attempt(child, source, limit)
    assert isinstance(reply, str), reply
    return ast.literal_eval(reply)


def lost(child: Child, source: str, limit: Limit = QUICK) -> Lost:
    """How executing the source ended the child."""
    reply = attempt(child, source, limit)
    assert isinstance(reply, Lost), reply
    return reply
