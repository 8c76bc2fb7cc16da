"""How a worker process is started in each tier: its command, environment and plan."""

from __future__ import annotations

import errno
import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from grader.isolation import Tier
from grader.sandbox import bubblewrap
from grader.sandbox.resources import limits
from grader.worker.control import MAX_CHILDREN, Plan

PACKAGE = Path(__file__).parent.parent
WORKER = PACKAGE / "worker"
DISTRIBUTION = "custom_loss_grader"

# TensorFlow made predictable and cheap: one thread per operation, no oneDNN (it costs 20 % and
# retries allocations for ten seconds), no search for graphics cards. The hash seed keeps
# the order of sets the same from worker to worker.
ENVIRONMENT = {
    "PATH": "/usr/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
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

# The source and byte code of the losses that come with the libraries. The worker removes them
# from memory; out of sight here, they can't be loaded again from disk.
BUILT_IN_LOSSES = (
    "keras/src/losses/losses.py",
    "tensorflow/python/keras/losses.py",
    "tensorflow/python/ops/losses/losses_impl.py",
    "tf_keras/src/losses.py",
    "tensorflow_addons/losses/contrastive.py",
)

# A user's own count of processes may be anything, and changes; TensorFlow needs ten threads.
_HEADROOM = 1024
_ALONE = 192


@dataclass(frozen=True)
class Launch:
    """A worker about to start.

    argv: up to the number of its control socket. site: the folders with packages.
    """

    argv: tuple[str, ...]
    site: tuple[str, ...]
    plan: Plan

    def command(self, control: int) -> list[str]:
        """The whole command, for a worker whose control socket is this descriptor."""
        return [*self.argv, str(control), *self.site]


def launch(tier: Tier, home: Path, folder: Path = WORKER) -> Launch:
    """The launch of a worker in this tier. Raises FileNotFoundError if a program is missing.

    home: a fresh folder of ours. folder: the worker's own code.
    """
    user = _user_to_become()
    site = site_folders()
    trees = python_trees(site)
    ours = traces_of_ours(site)
    canary = home / "canary"
    canary.write_bytes(b"")
    canary.chmod(0o644)  # readable for all who get that far
    if tier is Tier.BUBBLEWRAP:
        box = bubblewrap.Box(folder, trees, ours, user is not None)
        argv, scratch = box.argv(), bubblewrap.SCRATCH
        inside = bubblewrap.WORKER
    else:
        argv, scratch = (), _scratch_folders(home, user)
        inside = str(folder)
    losses = built_in_losses(site) if tier is not Tier.PROCESS else ()
    plan = Plan(
        user=user,
        scratch=scratch,
        read=(*trees, inside),
        hidden=(*(str(path) for path in ours), *losses),
        canary=str(canary),
        keep_reading=tier is not Tier.BUBBLEWRAP,
        landlock=tier is not Tier.PROCESS,
        seccomp=tier is not Tier.PROCESS,
        caps=limits.caps(_processes(tier, user)),
    )
    # -S: no .pth file of the installation runs code or adds the project to the path.
    python = (interpreter(), "-S", "-P", "-s", f"{inside}/__main__.py")
    return Launch((*argv, *python), site, plan)


def interpreter() -> str:
    """The real file of the interpreter below any virtual environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def site_folders() -> tuple[str, ...]:
    """The folders with the installed packages."""
    names = ("site-packages", "dist-packages")
    return tuple(path for path in sys.path if Path(path).name in names and Path(path).is_dir())


def has_tensorflow() -> bool:
    """Whether there is something for a worker to import, under whichever name it was installed."""
    return any((Path(folder) / "tensorflow" / "__init__.py").exists() for folder in site_folders())


def python_trees(site: tuple[str, ...]) -> tuple[str, ...]:
    """The trees and files that Python and its packages are read from."""
    prefix = str(Path(sys.base_prefix) / "lib")
    wanted = (interpreter(), prefix, sysconfig.get_path("stdlib"), *site)
    there = dict.fromkeys(path for path in wanted if Path(path).exists())
    return tuple(path for path in there if not any(Path(p) in Path(path).parents for p in there))


def traces_of_ours(site: tuple[str, ...]) -> tuple[Path, ...]:
    """What an installation of the grader left among the packages: itself, lists of its files."""
    places = [Path(folder) for folder in site]
    package = [PACKAGE] if any(place in PACKAGE.parents for place in places) else []
    return (*package, *(path for place in places for path in place.glob(f"*{DISTRIBUTION}*")))


def built_in_losses(site: tuple[str, ...]) -> tuple[str, ...]:
    """The files of the built-in losses, and their byte code."""
    found = []
    for folder in site:
        for name in BUILT_IN_LOSSES:
            source = Path(folder) / name
            if source.exists():
                found += [source, *source.parent.glob(f"__pycache__/{source.stem}.*.pyc")]
    return tuple(str(path) for path in found)


def _scratch_folders(home: Path, user: int | None) -> tuple[str, ...]:
    room = os.statvfs(home)
    # AutoGraph writes files: without room for these, right answers would look wrong.
    if room.f_bavail * room.f_frsize < limits.DISK_MOST:
        least = limits.DISK_MOST // limits.MIB
        raise OSError(
            errno.ENOSPC, f"less than {least} MB is left for temporary files", str(home.parent)
        )
    folders = [home / str(number) for number in range(MAX_CHILDREN)]
    for folder in folders:
        folder.mkdir(mode=0o700)
        if user is not None:
            _give_away(folder, user)
    if user is not None:
        home.chmod(0o711)
    return tuple(str(folder) for folder in folders)


def _give_away(folder: Path, user: int) -> None:
    try:
        os.chown(folder, user, user)
    except PermissionError as error:
        raise PermissionError(f"root can't be given up ({error.strerror} to chown)") from None


def _user_to_become() -> int | None:
    """As root: a user of no one's. Nobody's files, processes and limits are in reach of it.

    The range is one that Linux distributions leave unused. Workers started side by side get
    different ones, so that they don't share a count of processes.
    """
    if os.geteuid() != 0:
        return None
    return 60_706 + os.getpid() % 400


def _processes(tier: Tier, user: int | None) -> int:
    """The most processes and threads, where the kernel counts all that the user has."""
    if tier is Tier.BUBBLEWRAP or user is not None:
        return _ALONE
    return _HEADROOM + _threads_of(os.getuid())


def _threads_of(user: int) -> int:
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == user:
                count += sum(1 for _ in (folder / "task").iterdir())
        except OSError:
            continue  # it ended meanwhile
    return count
