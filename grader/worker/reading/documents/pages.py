"""Code cells in a web page that was made from a notebook, or that a form for text made."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from . import scripts

_CODE_CELLS = frozenset({"jp-CodeCell", "code_cell"})
_TEXT_CELLS = frozenset({"jp-MarkdownCell", "text_cell", "jp-RawCell"})
_OUTPUTS = re.compile(r"(?i)\boutput|jp-OutputArea|jp-OutputPrompt|output_area")
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "pre", "h1", "h2", "h3", "h4"})
_SILENT = frozenset({"script", "style", "head", "title"})
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "col", "wbr", "source", "area"})
_MAX_DEPTH = 1000


def read(text: str) -> list[tuple[str, str]]:
    """The cells as kind ("code" or "markdown") and source; empty if there is no code."""
    page = _Page()
    page.feed(text)
    page.close()
    if any(kind == "code" and source.strip() for kind, source in page.cells):
        return page.cells
    for pieces in (page.blocks, ["".join(page.text)]):
        found = [piece for piece in pieces if scripts.looks_like_code(piece)]
        if found:
            return [("code", piece) for piece in found]
    return []


class _Page(HTMLParser):
    """Collects cells, preformatted blocks, and all text with its line breaks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[tuple[str, str]] = []
        self.blocks: list[str] = []
        self.text: list[str] = []
        # The open elements: their names, and what is in force inside.
        self._open: list[tuple[str, str]] = []
        self._block: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _BREAKS:
            self._add("\n")
        if tag in _VOID or len(self._open) >= _MAX_DEPTH:
            return
        classes = next((value or "" for name, value in attrs if name == "class"), "")
        words = set(classes.split())
        state = self._open[-1][1] if self._open else ""
        if words & _CODE_CELLS:
            state = "code"
        elif words & _TEXT_CELLS:
            state = "markdown"
            self.cells.append(("markdown", ""))
        elif state == "code" and _OUTPUTS.search(classes):
            state = "output"
        elif tag in _SILENT:
            state = "silent"
        self._open.append((tag, state))
        if tag == "pre" and self._block is None:
            self._block = []

    def handle_endtag(self, tag: str) -> None:
        """An element ends; so do those in it that were left open."""
        if tag == "pre" and self._block is not None:
            state = self._open[-1][1] if self._open else ""
            source = "".join(self._block).strip("\n")
            self._block = None
            if state == "code":
                self.cells.append(("code", source))
            elif state == "":
                self.blocks.append(source)
        for place in reversed(range(len(self._open))):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        """Text, with blanks as a keyboard makes them."""
        if not self._open or self._open[-1][1] != "silent":
            self._add(data.replace("\xa0", " "))

    def _add(self, text: str) -> None:
        self.text.append(text)
        if self._block is not None:
            self._block.append(text)
