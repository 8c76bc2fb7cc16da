"""A hash over the code that a grade comes from, so that a mended grader grades again.

Everything in the package counts, whatever it is called and wherever it will be moved, but for
the rooms that only show or carry what was found (`_SHOWING`). A room that is not named there
counts: to grade a class once too often costs minutes, to keep a wrong grade costs a student.

Nothing but names below the package and contents goes in, so that a checkout and an installed
wheel, here and on another machine, have the same hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent.parent

# Rooms of the house that have no say in a grade, and why.
_SHOWING = frozenset(
    {
        "cli",  # hands on what was asked for, and prints
        "formats",  # makes pages and tables out of a finished report
        "authoring",  # is for the people who write an assignment, and grades nobody
        "classroom/exports",  # carries finished scores elsewhere
    }
)
_SUFFIXES = frozenset({".py", ".toml", ".json", ".ipynb"})
# Besides Python, TensorFlow and Keras, which a report names: what reads notebooks, what carries
# arrays, what computes the expected values, and what runs the checks.
_PACKAGES = ("ipython", "msgspec", "numpy", "pytest")


@cache
def code_hash() -> str:
    """The hash of this process' own grader and of the packages that it judges with."""
    return fingerprint(PACKAGE, tuple(f"{name} {metadata.version(name)}" for name in _PACKAGES))


def fingerprint(package: Path, versions: tuple[str, ...] = ()) -> str:
    """The hash of the code in the folder `package`, together with these versions."""
    digest = hashlib.sha256()
    for version in versions:
        digest.update(version.encode() + b"\0")
    for name in sorted(counted(package)):
        # Git may give the same file other line ends on another machine.
        text = (package / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(name.encode() + b"\0" + hashlib.sha256(text).digest())
    return digest.hexdigest()[:16]


def counted(package: Path) -> Iterator[str]:
    """The files that can change a grade, by their names below `package`."""
    for path in package.rglob("*"):
        name = path.relative_to(package).as_posix()
        hidden = any(part.startswith((".", "__pycache__")) for part in name.split("/"))
        if path.suffix not in _SUFFIXES or hidden or not path.is_file():
            continue
        if not any(name.startswith(f"{room}/") for room in _SHOWING):
            yield name
