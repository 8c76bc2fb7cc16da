"""The map of the house, drawn from the import contracts: `python -m tests.house` writes it.

Each room stands below those that may import it, with the first line of its docstring.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

from grader import files
from tests.conftest import PROJECT

PAGE = PROJECT / "CONTRIBUTING.md"
BEGIN, END = (
    "<!-- house: tests/test_house.py holds it equal to the import contracts -->\n",
    "\n```\n",
)
_WIDTH = 26


def drawn() -> str:
    """The map."""
    return "\n".join(_lines())


def page() -> str:
    """CONTRIBUTING.md with the map in it."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return before + BEGIN + "```text\n" + drawn() + END + rest.split(END, 1)[1]


def contracts() -> list[dict[str, list[str]]]:
    """The import contracts."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, list[str]]] = settings["tool"]["importlinter"]["contracts"]
    return found


def layers() -> dict[str, list[list[str]]]:
    """By the room that they are in, its rooms from the top down, those of one floor together."""
    return {
        container: [
            [f"{container}.{name}".replace("grader.grader", "grader") for name in _names(floor)]
            for floor in contract["layers"]
        ]
        for contract in contracts()
        if str(contract["type"]) == "layers"
        for container in contract.get("containers", ["grader"])
    }


def ground() -> list[str]:
    """What every room may know."""
    (found,) = (each for each in contracts() if "What all use" in str(each["name"]))
    return found["source_modules"]


def about(module: str) -> str:
    """The first line of a module's docstring."""
    path = PROJECT / module.replace(".", "/")
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.split("\n", 1)[0]


def _lines() -> Iterator[str]:
    inner = layers()
    for floor in inner["grader"]:
        for room in floor:
            yield from _room(room, 0, inner)
        yield ""
    yield "below them all"
    for module in ground():
        yield from _told(module, 1)


def _room(room: str, depth: int, inner: dict[str, list[list[str]]]) -> Iterator[str]:
    yield from _told(room, depth)
    for floor in inner.get(room, ()):
        for each in floor:
            yield from _room(each, depth + 1, inner)


def _told(module: str, depth: int) -> Iterator[str]:
    path = PROJECT / module.replace(".", "/")
    name = "  " * depth + module.rsplit(".", 1)[1] + ("/" if path.is_dir() else "")
    yield f"{name:<{_WIDTH}}{about(module)}".rstrip()


def _names(floor: str) -> list[str]:
    return re.split(r"\s*[|:]\s*", floor)


if __name__ == "__main__":
    files.write(PAGE, page().encode())
