"""What is pinned in the wheel is what is pinned here."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement

from tests.package.pins import LOCK, pins, written


def test_the_extra_locked_is_the_lock_file() -> None:
    """`make lock` writes both."""
    assert written() == pins(LOCK.read_text("utf-8"))


def test_every_pin_has_its_hashes() -> None:
    """A package that was changed on its way is not installed."""
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.read_text("utf-8"))
    assert len(blocks) > 50
    assert all("--hash=sha256:" in block for block in blocks)


def test_what_is_tested_here_is_what_is_pinned() -> None:
    """The two lock files agree, and this environment with them."""
    asked = [
        need for need in map(Requirement, written()) if not need.marker or need.marker.evaluate()
    ]
    # Here it is `tensorflow`, whose modules are the same.
    here = {need.name: version(need.name.removesuffix("-cpu")) for need in asked}
    assert {need.name: str(need.specifier) for need in asked} == {
        name: f"=={number}" for name, number in here.items()
    }


def test_students_are_asked_for_no_newer_tensorflow_than_the_grader(project: Path) -> None:
    """What a student may work with, the grader grades with."""
    asked = (project / "assignment" / "requirements.txt").read_text("utf-8")
    settings = (project / "pyproject.toml").read_text("utf-8")
    (least,) = re.findall(r"^tensorflow>=([\d.]+)$", asked, re.MULTILINE)
    assert f'tensorflow = ["tensorflow>={least}"]' in settings
    assert f'"tensorflow-cpu>={least}; ' in settings
