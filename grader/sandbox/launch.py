"""How a worker process is started in each tier: its command, environment and plan."""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import limits
from grader.sandbox.tiers import Tier
from grader.worker.control import MAX_CHILDREN, Plan

WORKER = Path(__file__).parent.parent / "worker"

# TensorFlow made predictable and cheap: one thread per operation, no oneDNN (it costs 20 % and
# retries allocations for ten seconds), no search for graphics cards. The hash seed keeps
# the order of sets the same from worker to worker.
ENVIRONMENT = {
    "PATH": "/usr/bin",
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


@dataclass(frozen=True)
class Launch:
    """A worker about to start. `argv` still lacks the number of its control socket."""

    argv: tuple[str, ...]
    site: tuple[str, ...]
    plan: Plan

    def command(self, control: int) -> list[str]:
        """The whole command, for a worker whose control socket is this descriptor."""
        return [*self.argv, str(control), *self.site]


def launch(tier: Tier, home: Path, folder: Path = WORKER) -> Launch:
    """The launch of a worker in this tier.

    home: a fresh folder of ours. folder: the worker's own code.
    """
    user = _user_to_become()
    scratch = tuple(str(home / str(number)) for number in range(MAX_CHILDREN))
    for slot in scratch:
        Path(slot).mkdir(mode=0o700)
        if user is not None:
            os.chown(slot, user, user)
    canary = home / "canary"
    canary.write_bytes(b"")
    if user is not None:
        home.chmod(0o711)
    plan = Plan(
        user=user,
        scratch=scratch,
        read=(*python_trees(), str(folder)),
        hidden=(),
        canary=str(canary),
        keep_reading=True,
        landlock=tier is not Tier.PROCESS,
        seccomp=tier is not Tier.PROCESS,
        caps=limits.caps(None),
    )
    return Launch(_python(folder), site_folders(), plan)


def _python(folder: Path) -> tuple[str, ...]:
    """The interpreter below any virtual environment, isolated from the user's settings."""
    return (interpreter(), "-S", "-P", "-s", str(folder / "__main__.py"))


def interpreter() -> str:
    """The real file of the interpreter below any virtual environment."""
    return os.path.realpath(sys._base_executable)  # noqa: SLF001 - venv's own way to find it


def site_folders() -> tuple[str, ...]:
    """The folders with the installed packages."""
    names = ("site-packages", "dist-packages")
    return tuple(path for path in sys.path if Path(path).name in names and Path(path).is_dir())


def python_trees() -> tuple[str, ...]:
    """The trees and files that Python and its packages are read from."""
    wanted = [
        interpreter(),
        str(Path(sys.base_prefix) / "lib"),
        sysconfig.get_path("stdlib"),
        *site_folders(),
    ]
    return tuple(dict.fromkeys(path for path in wanted if Path(path).exists()))


def _user_to_become() -> int | None:
    """As root: a user of no one's. Nobody's files, processes and limits are in reach of it.

    The range is one that Linux distributions leave unused. Workers started side by side get
    different ones, so that they don't share a count of processes.
    """
    if os.geteuid() != 0:
        return None
    return 60_706 + os.getpid() % 400
