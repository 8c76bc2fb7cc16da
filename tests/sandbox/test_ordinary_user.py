"""The same promises for an ordinary user: the tests of the wall, run again as one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.wall, pytest.mark.slow]

PROJECT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534


def as_nobody() -> list[str]:
    """The beginning of a command that runs as a user without rights.

    Python may lie below root's home, where such a user can't go: bubblewrap shows it the same
    files with that folder open.
    """
    view = ["bwrap", "--dev-bind", "/", "/"]
    home = Path("/root")
    if home in Path(sys.base_prefix).parents:
        view += ["--perms", "0755", "--tmpfs", str(home)]
        view += ["--ro-bind", sys.base_prefix, sys.base_prefix]
        for parent in Path(sys.base_prefix).parents:
            if home in parent.parents:
                position = view.index("--ro-bind")
                view[position:position] = ["--perms", "0755", "--dir", str(parent)]
    rights = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--"]
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*view, *rights, *become, "--inh-caps=-all", "--"]


def test_the_wall_holds_for_an_ordinary_user_too() -> None:
    """As root these tests run as root; here they run as no one in particular."""
    if os.geteuid() != 0:
        # Then all the other tests were this one.
        assert os.getresuid() == (os.geteuid(),) * 3
        return
    here = Path(__file__).parent
    files = ("limits", "memory", "isolation", "reading", "starting")
    chosen = [str(here / f"test_{name}.py") for name in files]
    base = Path(f"/tmp/grader-tests-of-{NOBODY}")
    run = subprocess.run(
        [*as_nobody(), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         f"--basetemp={base}", "-o", "addopts=--import-mode=importlib", *chosen],
        cwd=PROJECT, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"},
    )  # fmt: skip
    shutil.rmtree(base, ignore_errors=True)
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
