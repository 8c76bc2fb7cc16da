"""The packages that a grade comes from, pinned: from the lock file into the extra `locked`.

`python -m tests.package.pins` writes `pyproject.toml` again after `make lock`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.conftest import PROJECT

LOCK = PROJECT / "grader" / "requirements.lock"
SETTINGS = PROJECT / "pyproject.toml"
_BLOCK = re.compile(r"^locked = \[\n.*?^\]\n", re.DOTALL | re.MULTILINE)


def pins(lock: str) -> list[str]:
    """The requirements of a lock file, without their hashes."""
    lines = [line.rstrip(" \\") for line in lock.splitlines()]
    return [line for line in lines if re.match(r"[a-z0-9][a-z0-9._-]*==", line)]


def written(settings: Path = SETTINGS) -> list[str]:
    """Those of the extra `locked`."""
    project = tomllib.loads(settings.read_text("utf-8"))["project"]
    found: list[str] = project["optional-dependencies"]["locked"]
    return found


if __name__ == "__main__":
    text = SETTINGS.read_text("utf-8")
    lines = "".join(f'    "{pin}",\n' for pin in pins(LOCK.read_text("utf-8")))
    SETTINGS.write_text(_BLOCK.sub(lambda _: f"locked = [\n{lines}]\n", text), "utf-8")
