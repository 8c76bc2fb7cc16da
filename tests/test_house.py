"""The map in CONTRIBUTING.md is that of the import contracts, and has every room on it."""

from __future__ import annotations

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


def test_no_room_is_too_full(project: Path) -> None:
    """What is more than a dozen files is no room any more, but a hall."""
    folders = {path.parent for path in (project / "grader").rglob("*.py")}
    modules = {folder: [each for each in folder.glob("*.py") if each.name != "__init__.py"]
               for folder in folders}  # fmt: skip
    full = {str(folder): len(found) for folder, found in modules.items() if len(found) > 16}
    assert full == {}
