"""Feedback pages in a real browser: silent, alone, narrow, dark, accessible, printable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grader.formats.feedback import page
from tests.formats import handed_in

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
UNFOLD = "document.querySelectorAll('details').forEach((one) => one.open = true)"

Visit = Callable[..., Any]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


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
        "[...document.querySelectorAll('main *:not(svg *)')]"
        ".filter((one) => one.getBoundingClientRect().right > 361).length"
    )
    assert wide == 0


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
    """From the box to the code above it."""
    view = visit("half right")
    view.get_by_role("link", name="cell 5, line 3").first.click()
    assert view.evaluate("document.querySelector(':target').innerText.trim()").endswith(
        "return tf.abs(y_true)"
    )


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
