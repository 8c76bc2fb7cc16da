"""Writing files so that a reader finds the old file or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from grader.errors import FaultError, UsageError


def ensure_writable(path: Path) -> None:
    """Raise UsageError, before any work is done, if a file can't be written at `path`.

    A file is really made next to it and removed: the permissions of folders do not tell
    about read-only file systems, and nothing forbids a superuser anything.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name the file that is to be written")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {str(path.parent)!r}")
    if _in_place(path):
        return
    if path.exists() and not os.access(path, os.W_OK):
        raise UsageError(f"{path}: can't be written (Permission denied)")
    beside = _beside(path)
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror})") from None
    with suppress(OSError):
        beside.unlink()


def ensure_distinct(*paths: Path) -> None:
    """Raise UsageError if two of these are one file: writing one would destroy another."""
    seen: dict[str, Path] = {}
    for path in paths:
        if _in_place(path):
            continue
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"{path}: would overwrite {seen[real]}")
        seen[real] = path


def write(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`, whole or not at all, and safely on the disk.

    Raises FaultError if the disk is full or the place can't be written.
    """
    if _in_place(path):
        _write_in_place(path, data)
        return
    beside = _beside(path)
    try:
        # Not tempfile: its files are private, a report has the permissions of any new file.
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(os.path.realpath(path))
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise FaultError(f"{path}: could not be written ({error.strerror})") from None
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _in_place(path: Path) -> bool:
    # /dev/null, /dev/stdout, a FIFO: renaming a file over them would replace the device.
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _write_in_place(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise FaultError(f"{path}: could not be written ({error.strerror})") from None


def _beside(path: Path) -> Path:
    # Hidden, so that a listing of a folder of reports never takes it for one; a link is
    # followed, so that it stays a link.
    target = Path(os.path.realpath(path))
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
