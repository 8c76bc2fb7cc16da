"""What the page on security says of what can be read is what a child can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.sandbox import Child, Sandbox, Tier
from tests.sandbox import reading

pytestmark = pytest.mark.wall


def told(project: Path) -> dict[str, list[str]]:
    """The rows of the page's table, a cell for each tier."""
    page = (project / "docs" / "security.md").read_text(encoding="utf-8")
    _, _, after = page.partition("| what a child reads of |")
    rows = after.splitlines()[2:]
    lines = rows[: next(place for place, line in enumerate(rows) if not line.startswith("|"))]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {name: found for name, *found in cells}


def test_the_page_says_what_can_be_read(sandbox: Sandbox, child: Child, project: Path) -> None:
    """To the word, in each tier that works here, as root and as anybody else."""
    column = list(Tier).index(sandbox.tier)
    said = {name: cells[column] for name, cells in told(project).items()}
    assert reading.read(child) == said
