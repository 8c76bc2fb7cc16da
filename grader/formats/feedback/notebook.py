"""A stranger's notebook as HTML in which nothing is live.

nbconvert turns a fresh notebook, made of the sources alone, into the page. Its usual Markdown
filter trusts what it reads; here HTML inside Markdown is shown as text, a picture is its
description, a link has to be a plain web address, and a sanitizer has the last word.
Whatever is so long that a parser could be kept busy with it is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
import latex2mathml.converter
import nbformat
import nh3
from markupsafe import Markup, escape
from mistune.plugins import import_plugin
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader import harmless
from grader.formats import wording
from grader.formats.feedback.highlighting import code
from grader.worker import wire

MAX_CELLS = 400
# Bounds on what is parsed: some patterns take a Markdown parser quadratic time.
MAX_CODE, MAX_MARKDOWN = 20_000, 6_000
MAX_PARSED, MAX_SHOWN = 300_000, 600_000

_WEB = ("https://", "http://")
_PROTOCOLS = {"https", "http"}
_MATHS = {"math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mroot", "mrow"} | {
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}  # fmt: skip
_TAGS = (
    {
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
    }
    | {"pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "wbr"}
    | _MATHS
)
_SCROLLED = {"class", "tabindex", "role", "aria-label"}
_ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "div": _SCROLLED,
    "span": _SCROLLED,
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "form"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mtd": {"columnalign"},
}
# A space in a formula that is wider would push the rest of it out of sight.
_SPACE = re.compile(r"[0-2](\.\d{1,3})?em")
# A longer formula is one that a parser could be kept busy with, or no formula.
_MAX_FORMULA = 1500
_SHORT_FORMULA = 20
# The longest name of an exercise fits on a line of the narrowest page.
_UNBROKEN = 28
_ROW_SPACING = re.compile(r"\\\\\s*\[[-\d.]+\s*[a-z]{2}\]")
# The converter takes these words over without escaping them.
_UNSAFE_WORDS = re.compile(r"\\(?:text|mbox|hbox)[a-z]*\s*\{[^}]*[<&]")


# Whoever has no mouse can move sideways what has the focus.
_FOCUS = 'tabindex="0" role="group"'


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
        return f'<a href="{escape(url)}">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """What the picture is about; the picture itself would be fetched from somewhere."""
        return f"<em>[picture{': ' if text else ''}{text}]</em>"

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
        """Code as it stands."""
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def codespan(self, text: str) -> str:
        """Code within text; what is long may be broken between its parts."""
        return f"<code>{parted(text)}</code>"

    def table(self, text: str) -> str:
        """A table that is too wide is moved sideways by itself."""
        return f'<div class="scroll" {_FOCUS} aria-label="table"><table>{text}</table></div>\n'

    def block_math(self, body: str) -> str:
        """A formula on lines of its own."""
        shown = formula(body, display="block")
        return f'<span class="scroll" {_FOCUS} aria-label="formula">{shown}</span>'

    def inline_math(self, body: str) -> str:
        """A formula within text; a long one may be wider than a narrow page."""
        shown = formula(body, display="inline")
        if len(body) <= _SHORT_FORMULA:
            return shown
        return f'<span class="scroll inline" {_FOCUS} aria-label="formula">{shown}</span>'

    def latex_environment(self, name: str, body: str) -> str:
        """An environment of LaTeX on its own."""
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


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
            "parted": parted,
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


@dataclass(frozen=True)
class Shown:
    """A cell as it is shown. plain: too much for a parser, so that it stays as it stands."""

    kind: str
    text: str
    plain: bool

    @property
    def numbered(self) -> bool:
        """Whether its lines have numbers, to which a link may lead."""
        return self.kind == "code" and not self.plain


def export(cells: Sequence[Shown], **page: Any) -> str:
    """The page: `cells` as a notebook, and all else that the template asks for."""
    makers = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    made = [makers[cell.kind](cell.text, metadata={"plain": cell.plain}) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=made)
    text, _ = _exporter().from_notebook_node(notebook, resources={"page": page})
    return str(text)


def source(name: str) -> str:
    """The text of a file among the templates."""
    environment = _exporter().environment
    return str(environment.loader.get_source(environment, name)[0])


def shown(cells: Sequence[wire.Cell]) -> tuple[Shown, ...]:
    """The sources alone, with every character harmless, cut to what a page can hold."""
    made, left, parsed = [], MAX_SHOWN, MAX_PARSED
    for cell in cells[:MAX_CELLS]:
        text = harmless.terminal(cell.source, min(left, MAX_SHOWN)) if left > 0 else "[...]"
        left -= len(text)
        small = len(text) <= (MAX_MARKDOWN if cell.kind == "markdown" else MAX_CODE)
        plain = not small or len(text) > parsed
        parsed -= 0 if plain else len(text)
        made.append(Shown(cell.kind, text, plain))
    return tuple(made)


def prose(text: str) -> Markup:
    """Words of the report, of which those between backticks are code."""
    shown = str(escape(harmless.one_line(text, 1200)))
    found = re.sub(r"`([^`]+)`", lambda one: f"<code>{parted(Markup(one[1]))}</code>", shown)  # noqa: S704
    return Markup(found)  # noqa: S704 - escaped above


def parted(text: str) -> Markup:
    """Code, with places where a narrow column may break it if it is long."""
    if len(text) <= _UNBROKEN:
        return escape(text)
    return Markup("<wbr>").join(re.split(r"(?<=[_.(])(?=\w)|(?<=[a-z])(?=[A-Z])", text))


def formula(text: str, *, display: str) -> str:
    """A formula as MathML; one that can't be set is shown as it was typed."""
    typed = f'<code class="formula">{escape(text.strip())}</code>'
    if len(text) > _MAX_FORMULA or _UNSAFE_WORDS.search(text):
        return typed
    known = _ROW_SPACING.sub(r"\\\\", text).replace("{aligned}", "{align*}")
    try:
        found: str = latex2mathml.converter.convert(known, display=display)
    except Exception:  # noqa: BLE001 - whatever trips the converter is no formula
        return typed
    # A command that it does not know stays there by its name.
    return typed if ">\\" in found else found


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("mspace", "width"):
        return value if _SPACE.fullmatch(value) else None
    # Of the other values only one is left in today's MathML: letters that stand upright.
    return None if (tag, name) == ("mi", "mathvariant") and value != "normal" else value


def markdown(text: str) -> Markup:
    """Markdown as HTML with nothing in it that could act, be fetched or break out."""
    plugins = [import_plugin(name) for name in ("strikethrough", "table", "url")]
    try:
        rendered = MarkdownWithMath(renderer=_Renderer(), plugins=plugins).render(text)
    except Exception:  # noqa: BLE001 - whatever trips the parser is shown as it stands
        return Markup("<pre>{}</pre>").format(text)
    cleaned = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_PROTOCOLS,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - the sanitizer's output
