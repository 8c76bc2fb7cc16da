"""The zip that an instructor uploads to a service: its scripts at the root, and the grader.

It holds what grading needs and no more: no solutions, no tests, none of the packages that
only developers use. The same grader always gives the same bytes, installed or in a checkout.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import msgspec

from grader.kit.assignment import Assignment

_NAME = "custom-loss-grader"
_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parent.parent
# Every package that grading needs, with the smaller TensorFlow where there is one.
LOCK = _PACKAGE / "requirements.lock"
_SUFFIXES = frozenset(
    {".py", ".json", ".j2", ".html", ".css", ".js", ".svg", ".toml", ".ipynb", ".lock", ".yml"}
)
# Answers to exercises, and what only the people who write them need.
_KEPT = frozenset({"right", "mistakes", "template", "reference.ipynb", "student.ipynb"})
_OWN = "own"
# Services that are given an image, which is built from the bundle.
_OF_IMAGES = frozenset({"coursera", "prairielearn"})
_DATE = (2020, 1, 1, 0, 0, 0)


def build(service: str, assignment: Assignment, parts: Mapping[str, str] | None = None) -> bytes:
    """The zip's bytes, for one assignment.

    service: whose files stand at the root ("gradescope", "coursera" or "prairielearn").
    parts: the exercises under the ids by which a service asks for them one by one.
    """
    version = metadata.version(_NAME)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        files = [*(_HERE / f"{service}_files").iterdir()]
        if service in _OF_IMAGES:
            files += (_HERE / "image_files").iterdir()
        for path in sorted(files, key=lambda each: each.name):
            data = path.read_bytes()
            _add(bundle, path.name, data, mode=0o755 if data.startswith(b"#!") else 0o644)
        if parts is not None:
            _add(bundle, "parts.json", msgspec.json.encode(dict(parts)) + b"\n")
        _add(bundle, "requirements.lock", LOCK.read_bytes())
        # What `importlib.metadata` reads, so that reports name the right version although
        # nothing is installed there.
        about = f"Metadata-Version: 2.1\nName: {_NAME}\nVersion: {version}\n"
        folder = f"{_NAME.replace('-', '_')}-{version}.dist-info"
        _add(bundle, f"{folder}/METADATA", about.encode())
        for path in _sources():
            _add(bundle, f"grader/{path.relative_to(_PACKAGE).as_posix()}", path.read_bytes())
        given = assignment.given
        if not assignment.folder.is_relative_to(_PACKAGE):
            # A folder of somebody's own goes along, without what would give solutions away.
            given = f"{_OWN}/{assignment.name}"
            for path in _sources(assignment.folder):
                name = path.relative_to(assignment.folder).as_posix()
                _add(bundle, f"{given}/{name}", path.read_bytes())
        _add(bundle, "assignment", f"{given}\n".encode())
    return buffer.getvalue()


def _sources(folder: Path = _PACKAGE) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "__pycache__")) or part in _KEPT for part in parts)
        of_a_service = path.parent.parent == _HERE and path.parent.name.endswith("_files")
        if path.is_file() and not hidden and (path.suffix in _SUFFIXES or of_a_service):
            yield path


def _add(bundle: zipfile.ZipFile, name: str, data: bytes, mode: int = 0o644) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100000 | mode) << 16
    bundle.writestr(entry, data)
