"""A stranger's notebook as HTML in which nothing is live.

nbconvert turns a fresh notebook, made of the sources alone, into the page. Its usual Markdown
filter trusts what it reads; here HTML inside Markdown is shown as text, a picture is its
description, a link has to be a plain web address, and nbconvert's sanitizer has the last word.
Whatever is so long that a parser could be kept busy with it is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import bleach
import jinja2
import nbformat
from markupsafe import Markup, escape
from mistune.plugins import import_plugin
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from grader.formats import harmless, wording
from grader.worker import wire

MAX_CELLS = 400
# Bounds on what is parsed: some patterns take a Markdown parser quadratic time.
MAX_CODE, MAX_MARKDOWN = 20_000, 6_000
MAX_PARSED, MAX_SHOWN = 300_000, 600_000

_WEB = ("https://", "http://")
_PROTOCOLS = frozenset({"https", "http"})
_ATTRIBUTES = {"a": ["href", "rel"], "code": ["class"]}
_TAGS = frozenset(
    {"a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Markdown's parts as HTML: no raw HTML, no pictures, no lexer of the author's choice."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)

    def escape_html(self, text: str) -> str:
        """Escaped for an attribute as well."""
        return str(escape(text))

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ARG002
        """Below the page's own headings."""
        level = min(level + 2, 6)
        return f"<h{level}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """A web address stays a link; anything else is its text."""
        if not url.lower().startswith(_WEB):
            return text
        return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """What the picture is about; the picture itself would be fetched from somewhere."""
        return f"<em>[picture{': ' if text else ''}{text}]</em>"

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
        """Code as it stands."""
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def block_math(self, body: str) -> str:
        """A formula, as it was typed."""
        return f'<code class="formula">{escape(body.strip())}</code>'

    def inline_math(self, body: str) -> str:
        """A formula within text, as it was typed."""
        return f'<code class="formula">{escape(body)}</code>'

    def latex_environment(self, name: str, body: str) -> str:
        """An environment of LaTeX, as it was typed."""
        return f"<code>{escape(f'{{{name}}}{body}')}</code>"


class _Exporter(TemplateExporter):  # type: ignore[misc]
    """The page's templates instead of nbconvert's, with all text escaped."""

    def _create_environment(self) -> jinja2.Environment:
        environment: jinja2.Environment = super()._create_environment()
        environment.loader = jinja2.PackageLoader("grader.formats")
        environment.autoescape = True
        environment.undefined = jinja2.StrictUndefined
        environment.trim_blocks = environment.lstrip_blocks = True
        return environment

    def default_filters(self) -> Any:
        """What the templates use, and none of nbconvert's, which trust the notebook."""
        return {
            "code": code,
            "markdown": markdown,
            "breakable": breakable,
            "clean": harmless.one_line,
            "prose": prose,
            "points": wording.points,
            "counted": wording.counted,
            "cells": wording.cells,
            "place": wording.place,
        }.items()


@cache
def _exporter() -> Any:
    # Made once: templates are compiled when they are first used.
    return _Exporter(template_file="feedback.html", file_extension=".html", template_paths=[])


def export(cells: Sequence[wire.Cell], **page: Any) -> str:
    """The page: `cells` as a notebook, and all else that the template asks for."""
    text, _ = _exporter().from_notebook_node(_fresh(cells), resources={"page": page})
    return str(text)


def source(name: str) -> str:
    """The text of a file among the templates."""
    environment = _exporter().environment
    return str(environment.loader.get_source(environment, name)[0])


def _fresh(cells: Sequence[wire.Cell]) -> nbformat.NotebookNode:
    """A notebook of sources alone, with every character harmless, cut to what a page can hold."""
    makers = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    made, left, parsed = [], MAX_SHOWN, MAX_PARSED
    for cell in cells[:MAX_CELLS]:
        text = harmless.terminal(cell.source, min(left, MAX_SHOWN)) if left > 0 else "[...]"
        left -= len(text)
        small = len(text) <= (MAX_MARKDOWN if cell.kind == "markdown" else MAX_CODE)
        plain = not small or len(text) > parsed
        parsed -= 0 if plain else len(text)
        made.append(makers[cell.kind](text, metadata={"plain": plain}))
    return nbformat.v4.new_notebook(cells=made)


def prose(text: str) -> Markup:
    """Words of the report, of which those between backticks are code."""
    shown = str(escape(harmless.one_line(text, 1200)))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", shown))  # noqa: S704 - escaped above


def breakable(name: str) -> Markup:
    """A name of the contract, with places where a narrow column may break it."""
    return Markup("<wbr>").join(re.split(r"(?<=_)|(?<=[a-z])(?=[A-Z])", name))


def markdown(text: str) -> Markup:
    """Markdown as HTML with nothing in it that could act, be fetched or break out."""
    plugins = [import_plugin(name) for name in ("strikethrough", "table", "url")]
    try:
        rendered = MarkdownWithMath(renderer=_Renderer(), plugins=plugins).render(text)
    except Exception:  # noqa: BLE001 - whatever trips the parser is shown as it stands
        return Markup("<pre>{}</pre>").format(text)
    cleaned = bleach.clean(rendered, tags=_TAGS, attributes=_ATTRIBUTES, protocols=_PROTOCOLS)
    return Markup(cleaned)  # noqa: S704 - the sanitizer's output


def code(text: str, number: int, marked: Collection[int] = ()) -> Markup:
    """Python, coloured, a line each; those in `marked` stand out.

    Line 3 of cell 4 has the id `c4-3`.
    """
    formatter = HtmlFormatter(
        linenos="inline",
        linespans=f"c{number}",
        hl_lines=list(marked),
        wrapcode=True,
        cssclass="python",
    )
    lexer = PythonLexer(stripnl=False, ensurenl=True)
    return Markup(highlight(text, lexer, formatter))  # noqa: S704 - Pygments escapes it
