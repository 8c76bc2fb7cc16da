"""The site: it is built without a warning, its commands do what it says, in their order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.main import get_command

from grader.cli import app
from tests.conftest import PROJECT
from tests.site import pages
from tests.site.screenshots import write_class

PAGES = pages.navigation()
README = PROJECT / "README.md"
BIN = Path(sys.executable).parent
# Commands that no test runs, each with what does instead.
NOT_RUN = {
    "sudo apt-get install": "`.ci/run` installs the same packages",
    "uv tool install": "tests/package/test_wheel.py",
    "grader doctor --compile": "tests/sandbox/test_compiled.py",
    "make": "`.ci/run`",
    "gh classroom": "GitHub's own program",
    "grader batch custom-losses-submissions": "tests/classroom/intake",
    "docker": "tests/test_containers.py",
}
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Losses (77)
    Points Possible,,,,,100
"Ruiz, Ana",101,ana,ana,1,
"Okoro, Ben",102,ben,ben,1,
"""
RUN = [page for page in (README, *PAGES) if pages.commands(page, "console")]


@pytest.mark.wall
@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_every_command_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    """In the order in which they stand, with what a reader has: example, class, gradebook."""
    shutil.copy(PROJECT / "docs" / "example.ipynb", tmp_path)
    write_class(tmp_path / "submissions")
    (tmp_path / "gradebook.csv").write_text(GRADEBOOK)
    for line in pages.commands(page, "console"):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line], cwd=tmp_path, text=True, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
            env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"},
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        for name in re.findall(r"(?:-o|--feedback) ([\w./]+)", line):
            assert (tmp_path / name).exists(), line


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.name)
def test_commands_that_no_test_runs_are_known(page: Path) -> None:
    """And say where they are tried instead."""
    for line in pages.commands(page, "bash"):
        assert any(line.startswith(known) for known in NOT_RUN), line


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.name)
def test_every_command_that_is_shown_can_be_parsed(page: Path) -> None:
    """Wherever it stands: in a block, a table, or a sentence."""
    text = page.read_text("utf-8")
    shown = re.findall(
        r"(?:^(?: {4}|\$ )(?:\.venv/bin/)?|`)(grader [a-z][^`|\n]*)", text, re.MULTILINE
    )
    grader = get_command(app)
    for line in shown:
        words = [word for word in shlex.split(line) if word != "..."]
        command, name = grader, "grader"
        while hasattr(command, "commands") and len(words) > 1:
            words, name = words[1:], words[1]
            assert name.rstrip(",") in command.commands, line
            command = command.commands[name.rstrip(",")]
        options = {text for one in command.params for text in (*one.opts, *one.secondary_opts)}
        used = {word.split("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
        assert used <= options | {"--help"}, line


def test_every_page_is_in_the_navigation() -> None:
    """And every entry of the navigation is a page."""
    assert sorted(PAGES) == sorted((PROJECT / "docs").rglob("*.md"))


def test_the_fields_of_a_report_are_those_of_its_schema() -> None:
    """`python -m tests.site.pages` writes them again."""
    text = (PROJECT / "docs" / "report.md").read_text("utf-8")
    assert pages.with_schema(text) == text
    assert "### Exercise" in text


class Links(HTMLParser):
    """What a page leads to and loads, and what can be led to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note them."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.to.append(values["href"])
        if tag in {"script", "img"} and "src" in values:
            self.loaded.append(values["src"])
        if tag == "link" and values.get("rel") == "stylesheet":
            self.loaded.append(values["href"])


def broken(site: Path) -> list[tuple[str, str]]:
    """The pages with what they lead to or load, where nothing is, or somebody else's server."""
    made = {path: Links(path.read_text("utf-8")) for path in site.rglob("*.html")}
    found = []
    for path, links in made.items():
        if path.name == "404.html":
            continue  # it is shown at any address, so that its own links are absolute
        found += [
            (path.name, link)
            for link in links.loaded
            if ":" in link or not (path.parent / link.split("?")[0]).exists()
        ]
        for link in links.to:
            address, _, anchor = link.partition("#")
            if re.match(r"https?:|mailto:", address):
                continue
            target = (path.parent / address).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (anchor and anchor not in made[target].ids):
                found.append((path.name, link))
    return found


@pytest.mark.wall
@pytest.mark.browser
@pytest.mark.slow
def test_the_site_is_built_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    """Strictly, with the screenshots; nothing is loaded from anybody else's server."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.rglob("*.html"))) > len(PAGES)
    assert broken(tmp_path) == []
    for name in ("house", "parts"):
        drawn = ET.parse(tmp_path / "images" / f"{name}.svg")
        assert len(list(drawn.iter("{http://www.w3.org/2000/svg}text"))) > 15
    for name in ("feedback", "class", "points"):
        assert (tmp_path / "images" / f"{name}.png").stat().st_size > 20_000
