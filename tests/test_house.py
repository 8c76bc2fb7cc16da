"""The map in CONTRIBUTING.md is that of the import contracts, and has every room on it."""

from __future__ import annotations

import re
from pathlib import Path

from tests import house


def test_the_map_is_that_of_the_contracts() -> None:
    """`python -m tests.house` draws it again."""
    assert house.PAGE.read_text(encoding="utf-8") == house.page()


def test_every_room_is_on_the_map(project: Path) -> None:
    """A room that no contract speaks of may import anything."""
    known = {room for floors in house.layers().values() for floor in floors for room in floor}
    rooms = {f"grader.{path.parent.name}" for path in (project / "grader").glob("*/__init__.py")}
    assert rooms <= known
    beside = {f"grader.{path.stem}" for path in (project / "grader").glob("*.py")}
    entries = {"grader.__init__", "grader.__main__", "grader.outside"}
    assert beside - entries == set(house.ground())


def test_what_the_page_sends_people_to_is_there(project: Path) -> None:
    """Files of the house are named by their place in it, and are moved now and then."""
    below = house.PAGE.read_text(encoding="utf-8").split(house.BEGIN)[1].split(house.END, 1)[1]
    places = [name for name in re.findall(r"`([\w/.]+)`", below) if "/" in name]
    assert len(places) > 10
    grader = project / "grader"
    assert [
        name
        for name in places
        if not (grader / name).exists() and not (grader / f"{name}.py").is_file()
    ] == []


def test_no_room_is_too_full(project: Path) -> None:
    """What is more than a dozen files is no room any more, but a hall."""
    folders = {path.parent for path in (project / "grader").rglob("*.py")}
    modules = {folder: [each for each in folder.glob("*.py") if each.name != "__init__.py"]
               for folder in folders}  # fmt: skip
    full = {str(folder): len(found) for folder, found in modules.items() if len(found) > 12}
    assert full == {}
