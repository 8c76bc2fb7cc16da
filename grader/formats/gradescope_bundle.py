"""The zip that an instructor uploads to Gradescope: two scripts at its root, and the grader.

It holds what grading needs and no more: no solutions, no tests, none of the packages that
only developers use. The same project always gives the same bytes.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent
_SCRIPTS = Path(__file__).resolve().parent / "gradescope_files"
_SUFFIXES = frozenset({".py", ".json", ".j2", ".html", ".css", ".js", ".svg", ".toml"})
_DATE = (2020, 1, 1, 0, 0, 0)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def build(project: Path = _PACKAGE.parent) -> bytes:
    """The zip's bytes.

    Raises UsageError if the grader was not installed out of a checkout: the pinned
    packages are only there.
    """
    settings, lock = project / "pyproject.toml", project / "requirements.lock"
    if not (settings.is_file() and lock.is_file()):
        raise UsageError(f"{project}: has no pyproject.toml and requirements.lock to pack")
    about = tomllib.loads(settings.read_text("utf-8"))["project"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for script in ("setup.sh", "run_autograder"):
            _add(bundle, script, (_SCRIPTS / script).read_bytes(), mode=0o755)
        pinned = runtime_lock(lock.read_text("utf-8"), about["dependencies"])
        _add(bundle, "requirements.lock", pinned.encode())
        # What `importlib.metadata` reads, so that reports name the right version although
        # nothing is installed there.
        metadata = f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n"
        folder = f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
        _add(bundle, f"{folder}/METADATA", metadata.encode())
        for path in _sources():
            _add(bundle, f"grader/{path.relative_to(_PACKAGE).as_posix()}", path.read_bytes())
    return buffer.getvalue()


def runtime_lock(lock: str, dependencies: list[str]) -> str:
    """The part of a lock file that `dependencies` need, hashes and markers kept.

    The lock says below each package which others wanted it ("# via"); whatever is reached
    from `dependencies` that way is kept.
    """
    # A package may stand there twice, with one version for each range of Python's.
    blocks = [(_canonical(block), block) for block in re.split(r"\n(?=\S)", lock.strip())]
    kept = {_canonical(dependency) for dependency in dependencies}
    while more := {name for name, block in blocks if _parents(block) & kept} - kept:
        kept |= more
    return "".join(f"{block}\n" for name, block in blocks if name in kept)


def _parents(block: str) -> set[str]:
    comments = [line.strip(" #") for line in block.splitlines() if line.lstrip().startswith("#")]
    return {_canonical(line.removeprefix("via").strip()) for line in comments}


def _canonical(requirement: str) -> str:
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def _sources() -> Iterator[Path]:
    for path in sorted(_PACKAGE.rglob("*")):
        parts = path.relative_to(_PACKAGE).parts
        hidden = any(part.startswith((".", "__pycache__")) for part in parts)
        if path.is_file() and not hidden and (path.suffix in _SUFFIXES or path.parent == _SCRIPTS):
            yield path


def _add(bundle: zipfile.ZipFile, name: str, data: bytes, mode: int = 0o644) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100000 | mode) << 16
    bundle.writestr(entry, data)
