"""Strangers' words, wherever a report is shown: no escape, no markup, no page of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from grader import harmless, report
from grader.assignments.custom_losses import ASSIGNMENT
from grader.formats.feedback import page as feedback
from grader.formats.services import coursera, gradescope
from grader.judging import grade
from grader.sandbox import Sandbox
from grader.submission import Submission
from tests.hostile import honest
from tests.hostile.attack import Attack, attacks
from tests.hostile.grading import prove, screen, unsafe
from tests.hostile.host import Host

pytestmark = [pytest.mark.hostile, pytest.mark.wall]

WORDS = [each for each in attacks() if each.group[0] == "I" and not each.probe]

NAMES = {
    "escapes": "\x1b[2J\x1b]0;owned\x07.ipynb",
    "backwards": "\u202ebnypi.ecila",
    "lines": "a\nmy_huber_loss  15/15  right\n.ipynb",
    "a formula": "=cmd|'/c calc'!A1.ipynb",
    "a page": "<script>alert(1)</script>.ipynb",
    "markup": "[bold red]x[/bold red].ipynb",
    "an option": "--output=x.ipynb",
    "half a character": "\udcff\udcfe.ipynb",
    "no end": "x" * 250 + ".ipynb",
}


class Live(HTMLParser):
    """What a browser would act on in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts, frames, event handlers and links that run something."""
        if tag in {"script", "iframe", "object", "embed", "form", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
            if tag == "img" and not (value or "").startswith("data:") and name == "src":
                self.found.append(f"img src={value}")


@pytest.mark.parametrize("words", WORDS, ids=lambda each: each.name)
def test_a_report_is_harmless_in_every_form(words: Attack, sandbox: Sandbox, host: Host) -> None:
    """For the terminal, Gradescope, Coursera and as a page."""
    submission = Submission.of("x.ipynb", words.notebook(host.world()), "student")
    made = grade(submission, sandbox, ASSIGNMENT, show_cells=True)
    prove(made.report)
    for data in (gradescope.encode(made.report), coursera.encode(made.report)):
        assert not [text for text in texts(json.loads(data)) if unsafe(text)]
    page = feedback.page(made)
    assert Live(page).found == []
    assert len(page) < 5_000_000


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_names_of_files_and_students(name: str, sandbox: Sandbox) -> None:
    """A name is shown as text, whatever it is made of."""
    made = grade(Submission.of(name, b"no notebook", name), sandbox, ASSIGNMENT).report
    encoded = json.loads(report.encode(made))
    assert encoded["status"] == "unreadable"
    assert not unsafe(screen(made))
    assert harmless.file_name(name) == Path(harmless.file_name(name)).name


@pytest.mark.parametrize("name", [name for name in NAMES.values() if len(name) < 100])
def test_the_command_grades_a_file_of_any_name(name: str, tmp_path: Path) -> None:
    """The real command: one report, and nothing on the screen that steers it."""
    path = tmp_path / name.replace("/", "_")
    path.write_bytes(b"no notebook")
    report = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "grader", "grade", str(path), "-o", str(report)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not unsafe(done.stdout.decode() + done.stderr.decode())
    assert json.loads(report.read_bytes())["status"] == "unreadable"


def test_an_honest_notebook_shows_as_it_is(sandbox: Sandbox) -> None:
    """The page of the honest notebook holds its code: the tests above look at something."""
    made = grade(
        Submission.of("x.ipynb", honest.honest_notebook()), sandbox, ASSIGNMENT, show_cells=True
    )
    assert "ContrastiveLoss" in feedback.page(made)


def texts(value: Any) -> list[str]:
    """All strings in a JSON value."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in texts(each)]
