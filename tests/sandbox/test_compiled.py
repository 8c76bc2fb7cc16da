"""Compiled files: noticed where they are missing, and made on demand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.sandbox import compiled


@pytest.fixture
def site(tmp_path: Path) -> tuple[str, ...]:
    """A folder of packages, as `pipx` leaves it."""
    folder = tmp_path / "site-packages"
    for name in ("tensorflow/__init__.py", "keras/src/losses/loss.py", "numpy/__init__.py"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    (folder / "for_another_python.py").write_text("print 'x'\n")
    return (str(folder),)


def test_what_is_missing_is_made_once(
    site: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever this process keeps compiled files of its own, if it keeps any."""
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "/no/such/folder")
    monkeypatch.setattr(sys, "pycache_prefix", "/no/such/folder")
    assert len(compiled.missing(site)) == 3
    compiled.compile_all(site)
    assert compiled.missing(site) == ()
    assert list(Path(site[0]).glob("tensorflow/__pycache__/__init__.*.pyc"))


def test_a_folder_of_somebody_else_is_left_alone(
    site: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UsageError, match="whoever installed"):
        compiled.compile_all(site)
    assert len(compiled.missing(site)) == 3


def test_this_installation_is_compiled() -> None:
    """`make setup` does that."""
    assert compiled.missing() == ()
    help_ = subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "--compile" in help_
