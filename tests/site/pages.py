"""The pages of the site as a reader meets them, and the commands that they show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import PROJECT

DOCS = PROJECT / "docs"
SHOWN = re.compile(r"^```(console|bash)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SCHEMA = re.compile(r"(<!-- schema: .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def navigation() -> list[Path]:
    """All pages, in the order in which they stand."""

    def below(entries: Any) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, str):
                yield entry
            else:
                for inner in entry.values():
                    yield from below(inner)

    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    return [DOCS / name for name in below(settings["nav"])]


def commands(page: Path, kind: str) -> list[str]:
    """The commands of a page: `console` is what a test runs, `bash` what it can't."""
    blocks = [text for found, text in SHOWN.findall(page.read_text("utf-8")) if found == kind]
    lines = [line for block in blocks for line in block.splitlines()]
    if kind == "bash":
        return lines
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def schema() -> str:
    """The fields of a report as tables, out of its published schema."""
    read = json.loads((PROJECT / "grader" / "report.schema.json").read_bytes())
    parts = []
    for name, one in read["$defs"].items():
        if "properties" not in one:
            continue
        parts.append(f"### {name}\n\n{' '.join(one.get('description', '').split())}\n")
        parts.append("| field | type |\n| --- | --- |")
        parts += [f"| `{key}` | {_type(read, kind)} |" for key, kind in one["properties"].items()]
        parts.append("")
    return "\n".join(parts)


def _type(read: Any, kind: Any) -> str:
    if "$ref" in kind:
        name = kind["$ref"].rpartition("/")[2]
        values = read["$defs"][name].get("enum")
        if values:
            return ", ".join(f"`{value}`" for value in values)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in kind:
        return " or ".join(_type(read, one) for one in kind["anyOf"])
    if kind.get("type") == "array":
        return f"list of {_type(read, kind['items'])}"
    return str(kind.get("type", "anything"))


def with_schema(text: str) -> str:
    """The page with the tables in their place."""
    return SCHEMA.sub(lambda found: f"{found[1]}\n{schema()}\n{found[2]}", text)


if __name__ == "__main__":
    page = DOCS / "report.md"
    page.write_text(with_schema(page.read_text("utf-8")), "utf-8")
