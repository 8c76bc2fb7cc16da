"""The page on security says what the suite asserts."""

from __future__ import annotations

from pathlib import Path

from tests.hostile import capacity
from tests.hostile.attack import attacks
from tests.hostile.table import GROUPS, table


def test_attacks_of_every_group_are_tried() -> None:
    """At least eighty, of all groups, each named once."""
    everything = attacks()
    assert {each.group[0] for each in everything} == GROUPS.keys()
    assert len({each.says for each in everything}) == len(everything) >= 80


def test_the_page_holds_the_table(project: Path) -> None:
    """`python -m tests.hostile.table` writes it anew."""
    page = (project / "docs" / "security.md").read_text(encoding="utf-8")
    assert table() in page


def test_the_page_says_what_a_report_can_carry(project: Path) -> None:
    """As `python -m tests.hostile.capacity` counts it."""
    page = (project / "docs" / "security.md").read_text(encoding="utf-8")
    assert f"{capacity.report():,.0f} bits in a report at most" in page
    assert f"({capacity.check():.0f} bits)" in page
    assert f"({capacity.exception():.0f} bits each)" in page
