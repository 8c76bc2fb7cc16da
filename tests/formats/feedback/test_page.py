"""The feedback page says what the report says, beside the code it is about, and nothing is live."""

from __future__ import annotations

import html as html_module
import re
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser

import msgspec
import pytest

from grader import harmless
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.formats.feedback import highlighting as feedback_code
from grader.formats.feedback import notebook as feedback_notebook
from grader.formats.feedback.page import page
from grader.report import Check, CheckStatus, Evidence, Place, Span, Status
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
    "mark",
    "math",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mrow",
    "mspace",
    "mstyle",
    "msub",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
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
    "aria-label",
    "tabindex",
    "display",
    "stretchy",
    "fence",
    "form",
    "columnalign",
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
        assert text.count("Everything that was tried on it came out right") == len(EXERCISES)
        assert "What lost points" not in text
        assert "waiting" not in text

    def test_has_four_pictures_of_each_exercise(self) -> None:
        """Loss, gradient, loss per step, and what was learned; each with its words."""
        text = page(handed_in.right())
        assert text.count("<figure>") == 4 * len(EXERCISES)
        assert text.count('role="img" aria-labelledby=') == 4 * len(EXERCISES)
        alone, both = "lies on the right one everywhere", "lie on the right ones everywhere"
        assert (text.count(f"curve {alone}"), text.count(f"curves {both}")) == (3, 3)

    def test_a_right_exercise_is_one_line_to_unfold(self) -> None:
        """With all that there is to say inside."""
        text = page(handed_in.right())
        for spec in EXERCISES:
            line = rf'<details class="right-line passed" id="{spec.name}">\n<summary>'
            assert re.search(line, text)


class TestOrder:
    """What lost points first, then what is right, then the notebook."""

    def test_of_the_parts(self) -> None:
        """By their headings."""
        text = page(handed_in.one_slip())
        heads = re.findall(r"<h2[^>]*>([^<]+)", text)
        assert heads == ["What lost points", "What is right", "Your notebook"]

    def test_an_exercise_is_told_once(self) -> None:
        """In the part that it belongs to."""
        text = page(handed_in.one_slip())
        lost, right = text.split('<h2 id="right">')
        assert 'id="my_huber_loss"' in lost
        assert all(f'id="{spec.name}"' in right for spec in EXERCISES[1:])

    def test_the_picture_that_shows_the_mistake_is_the_first(self) -> None:
        """The others are folded up."""
        text = page(handed_in.one_slip())
        box = text[text.index('id="my_huber_loss"') : text.index('<h2 id="right">')]
        shown = box[: box.index("<summary>3 more pictures")]
        assert shown.count("<figure>") == 1
        assert "Your curve runs below the right one for errors up to 1 in size" in shown

    def test_the_notebook_is_folded_up(self) -> None:
        """Cells that exercises use by themselves, all others in runs, and none of them twice."""
        text = page(handed_in.one_slip())
        notebook = text[text.index('<h2 id="notebook">') :]
        found = re.findall(r"<summary>.*?</summary>", notebook.replace("<wbr>", ""))
        heads = [Outline(one).text for one in found]
        assert heads[:5] == [
            "Cell 1",
            "Cell 2: what exercises use",
            "Cells 3 to 4",
            "Cell 5: my_huber_loss",
            "Cell 6",
        ]
        count = len(handed_in.one_slip().cells)
        assert re.findall(r'id="cell-(\d+)"', notebook) == [str(n) for n in range(1, count + 1)]
        assert "<details open" not in text


class TestHalfRight:
    """A notebook with mistakes."""

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

    def test_the_code_stands_beside_the_words(self) -> None:
        """The definition, with its own numbers, before the notebook begins."""
        text = page(handed_in.half_right())
        box = text[text.index('id="my_huber_loss"') : text.index('id="my_huber_loss_with')]
        assert "Your code, cell 5" in box
        assert re.findall(r'class="linenos">(\d+)', box) == ["1", "2", "3"]
        assert '<span class="hll"><span class="linenos">3</span>' in box

    def test_says_where_the_most_points_are(self) -> None:
        """To begin with."""
        assert 'waiting in <a href="#my_huber_loss">' in page(handed_in.half_right())


class TestOneSlip:
    """An exercise that is one edit away from right."""

    def test_the_piece_is_marked_by_its_columns(self) -> None:
        """In the excerpt and in the notebook; a tab before it does not move it."""
        text = page(handed_in.one_slip())
        marked = [Outline(one).text for one in re.findall(r"<mark>.*?</mark>", text)]
        assert "".join(marked).replace(" ", "") == 2 * "tf.square(error/2)"
        assert "The half belongs outside of the square." in Outline(text).text

    def test_consequences_are_one_line_with_a_count(self) -> None:
        """The last one."""
        text = Outline(page(handed_in.one_slip())).text
        assert "The half belongs outside of the square. See cell 5, line 4 small errors" in text
        assert "10 checks (not run) 8 points lost It counts once the formula is right." in text
        assert text.count("It counts once the formula is right.") == 1
        assert text.index("Too small.") < text.index("10 checks (not run)")


class TestBroken:
    """Code that can't be run."""

    def test_the_line_is_marked_like_one_that_stopped(self) -> None:
        """Also where it is the line in which the definition begins."""
        text = page(handed_in.broken())
        assert re.findall(r'id="(c\d+-\d+)"><span class="hll">', text) == ["c5-3", "c7-1"]
        assert "See <a href=" in text
        box = text[text.index('id="my_huber_loss"') :]
        assert '<span class="hll"><span class="linenos">3</span>' in box


@pytest.mark.parametrize("unwritten", [True, False])
def test_a_line_that_is_not_written_yet_is_not_shown(*, unwritten: bool) -> None:
    """The student knows it: it is the starter's own. What the message says makes no difference."""
    check = reports.make_check("labels", CheckStatus.ERROR, 5, "It is not written.", Place(5, 2))
    exercise = msgspec.structs.replace(
        reports.make_exercise("my_huber_loss", check, message=check.message), unwritten=unwritten
    )
    whole = handed_in.right()
    text = page(HandedIn(reports.make_report(exercise), whole.cells, (), whole.places))
    assert ("Your code" in text) is not unwritten
    assert "#c5-2" in text


@pytest.mark.parametrize(
    ("message", "shown"),
    {
        "a count, which the losses say better": ("1 of 2 checks are passed.", False),
        "a count, and what is known besides": ("1 of 2 checks are passed. Besides, ...", True),
        "another count": ("2 of 2 checks are passed.", True),
        "words that end alike": ("Some of the checks are passed.", True),
    }.values(),
)
def test_a_message_that_only_counts_is_not_repeated_beside_what_is_lost(
    message: str, *, shown: bool
) -> None:
    checks = (
        reports.make_check("labels", CheckStatus.FAILED, 5, "They are swapped.", Place(5, 2)),
        reports.make_check("margins"),
    )
    whole = handed_in.right()
    exercise = reports.make_exercise("my_huber_loss", *checks, message=message)
    text = page(HandedIn(reports.make_report(exercise), whole.cells, (), whole.places))
    assert (message in text) is shown


def test_a_missing_name_shows_what_may_be_meant() -> None:
    """The cell that comes near is named by what the exercise would be called."""
    text = page(handed_in.missing())
    assert text.index('id="ContrastiveLoss"') < text.index("Your notebook</h2>")
    assert "No cell of the notebook defines <code>ContrastiveLoss</code>." in text


@pytest.mark.parametrize(
    ("span", "marked"),
    {
        "within a line": (Span(1, 1, 5, 1, 6), ["y"]),
        "over lines": (Span(1, 1, 5, 2, 5), ["y = (", "+ 1"]),
        "a gap": (Span(1, 2, 5, 2, 5), ["1)"]),
        "at the very end": (Span(1, 2, 6, 2, 6), [")"]),
        "past the end": (Span(1, 9, 1, 9, 4), []),
        "no columns": (Span(1, 1, 900, 1, 901), []),
    }.items(),
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_pieces(span: str, marked: tuple[Span, list[str]]) -> None:
    """Whatever is said to be the place, what is marked is text of the cell."""
    place, wanted = marked
    source = "if \ty = (\n + 1)"
    shown = harmless.terminal(source)
    pieces = feedback_code.shown_pieces(source, [place])
    lines = shown.split("\n")
    assert [lines[one.line - 1][one.start : one.end] for one in pieces] == wanted
    html = str(feedback_code.code(shown, 1, (), pieces))
    assert Outline(html).text.replace(" ", "") == "1if y=( 2 +1)".replace(" ", "")


FORMULAS = {
    r"y = 2x - 1": "<mi>y</mi><mo>=</mo><mn>2</mn>",
    r"\frac{1}{2}\,a^2": "<mfrac>",
    r"\begin{cases} a & b \\[4pt] c & d \end{cases}": "<mtable>",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": "<mtable>",
}


@pytest.mark.parametrize(("typed", "part"), FORMULAS.items(), ids=FORMULAS)
@pytest.mark.parametrize("fence", ["$", "$$"])
def test_formulas_are_set(typed: str, part: str, fence: str) -> None:
    """As MathML, which screen readers read; nothing of LaTeX is left."""
    html = str(feedback_notebook.markdown(f"With {fence}{typed}{fence}."))
    assert part in html
    assert "\\" not in html
    assert "4pt" not in html


@pytest.mark.parametrize(
    "typed", [r"\frac{", r"\nonsense{a}", r"\text{<b>}", "x" * 3000, "{" * 400]
)
def test_what_can_not_be_set_is_shown_as_it_was_typed(typed: str) -> None:
    """A formula that is none costs nobody a page."""
    html = str(feedback_notebook.markdown(f"With ${typed}$."))
    assert '<code class="formula">' in html
    assert html_module.escape(typed, quote=False) in html


def test_a_space_in_a_formula_is_a_small_one() -> None:
    """A wide one would push the page sideways."""
    html = str(feedback_notebook.markdown(r"$a \hspace{9000em} \quad b$"))
    assert re.findall(r'width="[^"]*"', html) in ([], ['width="1em"'])


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
    html = str(feedback_code.code('\n\nx = """a\nb"""\n', 4, [4]))
    assert '<span id="c4-3"><span class="linenos">3</span><span class="n">x</span>' in html
    assert '<span id="c4-4"><span class="hll">' in html


def test_a_command_without_a_page_does_not_load_what_makes_one() -> None:
    """Importing nbconvert takes as long as grading a notebook."""
    code = (
        "import sys, grader.cli.grading, grader.judging.grading; print('nbconvert' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
