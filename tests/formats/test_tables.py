"""What instructors read: the rubric, and what works on this machine."""

from __future__ import annotations

import io
import json

from rich.console import Console, RenderableType

from grader.formats import tables
from grader.isolation import Tier, TierReport
from grader.kit.checks import CheckRow, Needs


def shown(view: RenderableType) -> str:
    """The view in 80 columns."""
    console = Console(file=io.StringIO(), width=80, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def row(exercise: str, name: str, title: str, points: float) -> CheckRow:
    """A check as the rubric lists it."""
    return CheckRow(exercise, name, title, points, "formula", Needs())


ROWS = [
    CheckRow(
        "my_huber_loss",
        "small_errors",
        "small errors cost half their square",
        3,
        "formula",
        Needs(),
        public=True,
    ),
    row("my_huber_loss", "reduction", "one loss per element [n]", 1.5),
    row("contrastive_loss", "labels", "1 stands for a similar pair", 2),
]


def test_the_rubric_lists_checks_and_adds_up_points() -> None:
    """Per exercise and in all; titles are text, never markup."""
    lines = [" ".join(line.split()) for line in shown(tables.rubric(ROWS)).splitlines()]
    assert lines == [
        "4.5 my_huber_loss",
        "3 small_errors small errors cost half their square (public)",
        "1.5 reduction one loss per element [n]",
        "",
        "2 contrastive_loss",
        "2 labels 1 stands for a similar pair",
        "6.5 points in all",
    ]


def test_the_rubric_as_json() -> None:
    """For other people's programs."""
    read = json.loads(tables.rubric_json(ROWS))
    assert read[1] == {
        "exercise": "my_huber_loss",
        "name": "reduction",
        "title": "one loss per element [n]",
        "points": 1.5,
        "public": False,
    }
    assert [each["public"] for each in read] == [True, False, False]
    assert len(read) == 3


def test_the_doctor_says_what_works_and_what_to_do() -> None:
    """For each tier: works or not, why, the remedy, and what it stops."""
    tiers = [
        TierReport(
            tier=Tier.BUBBLEWRAP, works=False, why="bwrap is not installed", remedy="Install it.",
            stops=("reading files", "the network"),
        ),
        TierReport(Tier.PROCESS, works=True, why="", remedy="", stops=("forged scores",)),
    ]  # fmt: skip
    text = shown(tables.doctor({"Python": "3.11.7"}, tiers))
    assert "  Python  3.11.7" in text
    assert "bubblewrap: does not work here" in text
    assert "bwrap is not installed. Install it" in text
    assert "process: works" in text
    assert "stops: reading files; the network" in text


def test_versions_are_found_without_importing() -> None:
    """Of this grader, of Python, and of what a grade depends on."""
    found = tables.versions()
    assert {"grader", "Python", "tensorflow", "keras", "bubblewrap"} <= set(found)
    assert all(found.values())
