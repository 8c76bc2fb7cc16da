"""Feedback pages in a real browser: silent, alone, narrow, dark, accessible, printable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grader.formats.feedback.page import page
from grader.worker import wire
from tests import reports
from tests.formats import handed_in

UNFOLD = "document.querySelectorAll('details').forEach((one) => one.open = true)"

Visit = Callable[..., Any]

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """Opens a page, everything unfolded; it must not complain, ask for a file, or show a dialog."""
    opened: list[Any] = []
    complaints: list[str] = []
    asked: set[str] = set()
    path = tmp_path / "page.html"

    def go(name: str, *, width: int = 1100, scheme: str = "light") -> Any:
        path.write_text(page(handed_in.ALL[name]()), encoding="utf-8")
        view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.append(view)
        view.on("console", lambda message: complaints.append(message.text))
        view.on("pageerror", lambda error: complaints.append(str(error)))
        view.on("dialog", lambda dialog: complaints.append(dialog.message))
        view.on("request", lambda request: asked.add(request.url))
        view.goto(path.as_uri())
        view.evaluate(UNFOLD)
        return view

    yield go
    for view in opened:
        view.close()
    assert complaints == []
    assert asked == {path.as_uri()}


@pytest.mark.parametrize("name", handed_in.ALL)
def test_a_phone_shows_all_of_it_without_scrolling_sideways(visit: Visit, name: str) -> None:
    """360 pixels wide, and nothing sticks out of the page."""
    view = visit(name, width=360)
    assert view.evaluate("document.documentElement.scrollWidth") <= 360
    wide = view.evaluate(
        "[...document.querySelectorAll('main *:not(svg *):not(.scroll *)')]"
        ".filter((one) => one.getBoundingClientRect().right > 361).length"
    )
    assert wide == 0


# How many lines each word takes: a word is what stands between two spaces.
LINES_OF_WORDS = """(one) => {
  const found = [], walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();)
    for (const match of node.data.matchAll(/\\S+/g)) {
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)))
      if (lines.size > 1) found.push(match[0])
    }
  return found
}"""
TABLE = """\
| | Huber loss | points | contrastive loss | points |
| --- | --- | ---: | --- | ---: |
| as a wrapper | `my_huber_loss_with_threshold` | 20 | `contrastive_loss_with_margin` | 15 |
"""


@pytest.mark.parametrize("name", ["one slip", "half right", "broken", "missing", "right"])
def test_a_phone_breaks_no_word(visit: Visit, name: str) -> None:
    """Neither in a reason nor in a heading nor in a table; code may go on in the next line."""
    view = visit(name, width=360)
    words = "h1, h2, h3, .said > p, .losses p, th, td, figcaption, summary"
    broken = [word for one in view.locator(words).all() for word in one.evaluate(LINES_OF_WORDS)]
    assert [word for word in broken if "-" not in word] == []


def test_a_wide_table_is_moved_sideways_by_itself(browser: Any) -> None:
    """The page stays, no word of the table is broken, and a keyboard reaches it."""
    cells = (wire.Cell("markdown", TABLE),)
    view = browser.new_page(viewport={"width": 360, "height": 800})
    view.set_content(page(handed_in.HandedIn(reports.make_report(), cells)))
    view.evaluate(UNFOLD)
    assert view.evaluate("document.documentElement.scrollWidth") <= 360
    scroll = view.locator(".scroll")
    assert scroll.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert scroll.evaluate(LINES_OF_WORDS) == []
    scroll.focus()
    assert scroll.evaluate("(one) => document.activeElement === one")
    view.close()


def test_one_slip_leaves_a_short_page(visit: Visit) -> None:
    """What is right, and the notebook, are a line each until they are unfolded."""
    for width, most in ((1280, 2000), (360, 2600)):
        view = visit("one slip", width=width)
        view.evaluate(UNFOLD.replace("true", "false"))
        assert view.evaluate("document.documentElement.scrollHeight") < most


def test_formulas_are_read_as_formulas(visit: Visit) -> None:
    """By their role; nothing of LaTeX is left."""
    view = visit("right")
    assert view.get_by_role("math").first.is_visible()
    assert "$" not in view.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", handed_in.ALL)
def test_it_is_accessible(visit: Visit, name: str, scheme: str) -> None:
    """Axe finds nothing."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(visit(name, scheme=scheme, width=360 if scheme == "dark" else 1100))
    found = [
        (one["id"], one["impact"], node["html"][:200])
        for one in results.response["violations"]
        for node in one["nodes"][:2]
    ]
    assert found == []


def test_the_dark_page_is_dark(visit: Visit) -> None:
    """Ground, ink and curves change with what the reader prefers."""

    def colours(scheme: str) -> list[str]:
        found = visit("half right", scheme=scheme).evaluate(
            "[[document.body, 'backgroundColor'], [document.body, 'color'],"
            " [document.querySelector('figure .yours path'), 'stroke'],"
            " [document.querySelector('figure text'), 'fill']]"
            ".map(([one, what]) => getComputedStyle(one)[what])"
        )
        assert isinstance(found, list)
        return found

    assert all(a != b for a, b in zip(colours("light"), colours("dark"), strict=True))


def test_the_style_is_in_force(visit: Visit) -> None:
    """The policy's hash fits: a page without its style would still pass most tests."""
    view = visit("right")
    weight = view.evaluate("getComputedStyle(document.querySelector('.score strong')).fontSize")
    assert weight == "44px"


def test_pictures_have_names(visit: Visit) -> None:
    """Each is an image for a screen reader, with the words under it."""
    pictures = visit("half right").get_by_role("img")
    assert pictures.count() == 12
    exchanged = "Your two curves are exchanged: that of similar pairs is the right one for"
    assert visit("half right").get_by_role("img", name=exchanged).count() == 1


def test_landmarks_and_headings(visit: Visit) -> None:
    """One main part, a region for each exercise, and headings that skip no level."""
    view = visit("half right")
    assert view.get_by_role("main").count() == 1
    assert view.get_by_role("region", name="ContrastiveLoss").count() == 1
    levels = view.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => +one.tagName[1])"
    )
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_link_leads_to_the_line(visit: Visit) -> None:
    """From the box to the code, which is unfolded on the way."""
    view = visit("half right")
    view.evaluate(UNFOLD.replace("true", "false"))
    view.get_by_role("link", name="cell 5, line 3").first.click()
    line = view.locator(":target")
    assert line.inner_text().strip().endswith("return tf.abs(y_true)")
    assert line.is_visible()


def test_nothing_of_a_hostile_notebook_runs(visit: Visit) -> None:
    """No script, no frame, no picture, no style of its own; the page is all there."""
    view = visit("hostile")
    assert view.locator("script, iframe, img, object, embed, main style, main meta").count() == 0
    assert view.get_by_text('<script>alert("a heading")</script>').is_visible()
    assert view.locator("footer").is_visible()


def test_printing_unfolds_what_is_right(visit: Visit) -> None:
    """On paper nothing can be unfolded."""
    view = visit("half right")
    view.evaluate("document.querySelectorAll('details').forEach((one) => one.open = false)")
    listed = view.locator(".passed-checks li").first
    assert not listed.is_visible()
    view.emulate_media(media="print")
    assert listed.is_visible()
    assert view.pdf(format="A4").startswith(b"%PDF")
