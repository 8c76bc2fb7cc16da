"""The feedback page says what the report says, beside the code it is about, and nothing is live."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser

import msgspec
import pytest

from grader.formats import feedback_notebook
from grader.formats.feedback import page
from grader.report import Check, CheckStatus, Evidence, Status
from grader.rubric.exercises import EXERCISES
from grader.worker import wire
from tests import reports
from tests.formats import handed_in
from tests.formats.handed_in import HandedIn

Made = Callable[[], HandedIn]

_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "footer",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "strong",
    "em",
    "code",
    "pre",
    "span",
    "bdi",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "wbr",
    "blockquote",
    "del",
    "br",
    "hr",
    "details",
    "summary",
    "figure",
    "figcaption",
    "svg",
    "g",
    "path",
    "circle",
    "rect",
    "text",
}
_ATTRIBUTES = {
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "id",
    "class",
    "href",
    "rel",
    "scope",
    "role",
    "viewbox",
    "width",
    "height",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "d",
    "transform",
    "overflow",
    "text-anchor",
    "preserveaspectratio",
    "aria-hidden",
    "aria-labelledby",
}


class Outline(HTMLParser):
    """What a page is made of: tags, attributes, links, and text outside the style sheet."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that is read, with single spaces."""
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("made", handed_in.ALL.values(), ids=handed_in.ALL)
class TestEveryPage:
    """What holds for the page of any notebook."""

    def test_holds_only_what_the_templates_know(self, made: Made) -> None:
        """No tag and no attribute that could act or fetch, whoever wrote the notebook."""
        outline = Outline(page(made()))
        assert outline.tags <= _TAGS
        assert outline.attributes <= _ATTRIBUTES

    def test_links_stay_on_the_page_or_go_to_the_web(self, made: Made) -> None:
        """And what they point at on the page is there, once."""
        outline = Outline(page(made()))
        assert all(re.match(r"#|https?://", link) for link in outline.links)
        inner = {link[1:] for link in outline.links if link.startswith("#")}
        assert inner <= set(outline.ids)
        assert len(outline.ids) == len(set(outline.ids))

    def test_is_the_same_each_time(self, made: Made) -> None:
        """The same bytes in, the same page out."""
        assert page(made()) == page(made())

    def test_forbids_everything_but_its_style(self, made: Made) -> None:
        """The browser is told so before anything of the notebook comes."""
        text = page(made())
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
        assert policy is not None
        assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
        assert policy.start() < text.index("<body>")


class TestRight:
    """A notebook with full points."""

    def test_says_the_score_and_each_result(self) -> None:
        """In the title, in figures, and in words for each exercise."""
        text = Outline(page(handed_in.right())).text
        assert "100 of 100 points" in text
        assert text.count("Everything that was tried on it came out right.") == len(EXERCISES)
        assert "What is not right yet" not in text
        assert "waiting" not in text

    def test_has_four_pictures_of_each_exercise(self) -> None:
        """Loss, gradient, loss per step, and what was learned; each with its words."""
        text = page(handed_in.right())
        assert text.count("<figure>") == 4 * len(EXERCISES)
        assert text.count('role="img" aria-labelledby=') == 4 * len(EXERCISES)
        assert text.count("Your curve lies on the right one everywhere.") == 3
        assert text.count("Both of your curves lie on the right ones everywhere.") == 3


class TestHalfRight:
    """A notebook with mistakes."""

    def test_a_box_stands_under_its_cell(self) -> None:
        """After the code that it is about, and before the next cell."""
        text = page(handed_in.half_right())
        for index, spec in enumerate(EXERCISES):
            cell = 5 + 2 * index
            box = text.index(f'<section class="box partial" id="{spec.name}"')
            assert text.index(f'id="cell-{cell}"') < box
            if f'id="cell-{cell + 1}"' in text:
                assert box < text.index(f'id="cell-{cell + 1}"')

    def test_says_what_where_and_what_to_try(self) -> None:
        """The check's title and message, a link to the line, and the diagnosis."""
        outline = Outline(page(handed_in.half_right()))
        said = "large errors 5 points lost Your loss is quadratic everywhere. See cell 5"
        assert said in outline.text
        assert "#c5-3" in outline.links
        assert "What is right: 1 check" in outline.text

    def test_the_line_stands_out(self) -> None:
        """The line a check names, and no other."""
        text = page(handed_in.half_right())
        assert re.findall(r'id="(c\d+-\d+)"><span class="hll">', text) == ["c5-3"]

    def test_says_where_the_most_points_are(self) -> None:
        """To begin with."""
        assert 'waiting in <a href="#my_huber_loss">' in page(handed_in.half_right())


def test_a_missing_name_has_its_box_where_it_may_be_meant() -> None:
    """Under the cell that comes near; the others are named before the notebook."""
    text = page(handed_in.missing())
    assert text.index('id="ContrastiveLoss"') < text.index("Your notebook</h2>")
    assert text.index('id="cell-1"') < text.index('id="my_huber_loss"')
    assert "No cell of the notebook defines <code>ContrastiveLoss</code>." in text


def test_an_unreadable_file_has_its_reason_and_no_boxes() -> None:
    """There is nothing else to say."""
    text = page(handed_in.unreadable())
    assert "hand in that file" in text
    assert "The file is no Jupyter notebook." in text
    assert "<section" not in text


def test_without_a_score_none_is_shown() -> None:
    """The grader's fault is no zero."""
    report = reports.make_report(status=Status.NOT_GRADED, message="The worker was lost.")
    text = Outline(page(HandedIn(report))).text
    assert "No score yet" in text
    assert "0 of" not in text


def test_evidence_is_never_shown() -> None:
    """A report for instructors holds hidden inputs; the page is for students."""
    check = Check("a", "a", CheckStatus.FAILED, 0, 5, "wrong", evidence=Evidence(("want = 4711",)))
    report = reports.make_report(reports.make_exercise("my_huber_loss", check))
    assert "4711" not in page(HandedIn(report))


class TestHostile:
    """Whatever a notebook holds is text."""

    def test_live_content_is_read_as_it_was_written(self) -> None:
        """Escaped, not removed: a student sees their own words."""
        outline = Outline(page(handed_in.hostile()))
        assert '<script>alert("a heading")</script>' in outline.text
        assert "<svg onload=alert(1)>" in outline.text
        assert "</td></table><script>" in outline.text
        assert "\\u202eevil\\u202c \\x1b[31m" in outline.text
        assert "[picture: a picture]" in outline.text

    def test_nothing_steers_the_text(self) -> None:
        """No control, no override of the direction of writing."""
        text = page(handed_in.hostile())
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)

    def test_a_template_in_a_cell_is_no_template(self) -> None:
        """Sources are values, never compiled."""
        text = page(handed_in.hostile())
        assert "{{ 7 * 191 }}" in text
        assert "1337" not in text

    def test_only_the_plain_web_link_is_a_link(self) -> None:
        """javascript: and data: are words."""
        links = [link for link in Outline(page(handed_in.hostile())).links if link[0] != "#"]
        assert links == ["http://plain.example/page"]


_SLOW_FOR_PARSERS = {
    "brackets": "[" * 6000,
    "pictures": "![" * 3000,
    "links in links": "[a](" * 1500,
    "display math": "\\\\[" * 2000,
    "environments": "\\begin{a}" * 660,
    "emphasis": "*a **b " * 850,
    "quotes": "> " * 3000,
    "lists": "\n".join(" " * level + "- a" for level in range(100)),
    "backticks": "".join("`" * count + "a" for count in range(1, 105)),
    "a wide table": "|a" * 1000 + "\n" + "|-" * 1000 + "\n" + "|a" * 1000,
    "references": "[a]: <" * 1000,
    "angle brackets": "<a " * 2000,
}


@pytest.mark.parametrize("text", _SLOW_FOR_PARSERS.values(), ids=_SLOW_FOR_PARSERS)
def test_no_markdown_keeps_the_judge_busy(text: str) -> None:
    """Patterns that parsers take long for, as long as a cell that is parsed may be."""
    cell = text[: feedback_notebook.MAX_MARKDOWN]
    started = time.process_time()
    feedback_notebook.markdown(cell)
    assert time.process_time() - started < 3


def test_a_notebook_of_any_size_becomes_a_page() -> None:
    """What is beyond a page's measure is counted, not shown; what is long is not parsed."""
    cells = (wire.Cell("code", "x = 1\n" * 30_000),) * 8 + (wire.Cell("markdown", "*a*"),) * 2000
    report = msgspec.structs.replace(handed_in.right().report, exercises=())
    started = time.process_time()
    text = page(HandedIn(report, cells))
    assert time.process_time() - started < 10
    assert len(text) < 3_000_000
    assert f"And {len(cells) - feedback_notebook.MAX_CELLS} more cells." in text


def test_line_numbers_are_those_of_the_cell() -> None:
    """Also when a cell begins with empty lines or a string goes over several."""
    html = str(feedback_notebook.code('\n\nx = """a\nb"""\n', 4, [4]))
    assert '<span id="c4-3"><span class="linenos">3</span><span class="n">x</span>' in html
    assert '<span id="c4-4"><span class="hll">' in html


def test_a_command_without_a_page_does_not_load_what_makes_one() -> None:
    """Importing nbconvert takes as long as grading a notebook."""
    code = (
        "import sys, grader.cli.grading, grader.judging.grading; print('nbconvert' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
