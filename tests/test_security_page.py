"""Each test that the page on security names is there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.hostile.attack import attacks

NAMED = re.compile(r"`([a-z_/]+\.py)::(\w+)`")


def test_every_test_that_is_named_exists(project: Path) -> None:
    """A statement without its test would be a promise that nobody keeps."""
    page = (project / "docs" / "security.md").read_text(encoding="utf-8")
    named = NAMED.findall(page)
    assert len(named) > 30
    for file, test in named:
        text = (project / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {test}\(", text, re.MULTILINE), f"{file}::{test}"


def test_every_group_of_attacks_that_is_named_exists(project: Path) -> None:
    """As in "attacks H6"."""
    page = (project / "docs" / "security.md").read_text(encoding="utf-8")
    groups = {each.group for each in attacks()}
    for group in re.findall(r"attacks ([A-Z]\d*)\b", page):
        assert any(each.startswith(group) for each in groups), group
