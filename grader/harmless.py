"""Strangers' text made harmless for where it goes: a terminal, a table, Markdown, a file name.

HTML needs nothing from here: its templates are rendered by Jinja2 with autoescape on.
"""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 4000
MAX_FILE_NAME = 180
_MAX_MARKS = 8
_MAX_WORD = 40
_ELLIPSIS = " [...]"
# Control, format (bidirectional overrides, zero width, tags), surrogate, private use and
# the two separators that some programs take for a line's end.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
# What spreadsheets take for the start of a formula, in full width too.
_FORMULA = frozenset("=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                     "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
# All that may mean something in Markdown, at the start of a line or anywhere, links among it.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&:@$^=]")
_CODE = re.compile(r"(`[^`]+`)")
_NOT_IN_NAMES = re.compile(r"[^\w.-]")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)


def terminal(text: str, limit: int = MAX_TEXT) -> str:
    r"""`text` for a terminal: lines stay, everything that could steer the screen is spelled out.

    An escape character becomes the four characters `\x1b`, an override that writes
    backwards `\u202e`. Tabs become spaces, and piles of combining marks are cut.
    """
    normal = text[: limit + 1].replace("\r\n", "\n").expandtabs(4)
    shown = _spell_out(normal, keep="\n")
    return shown if len(text) <= limit else _cut(shown, limit)


def one_line(text: str, limit: int = 200) -> str:
    """Like `terminal`, on one line: runs of white space become one space."""
    if len(text) <= limit and _is_plain_line(text):
        return text
    shown = _spell_out(" ".join(text[: 4 * limit].split()), keep="")
    whole = len(text) <= 4 * limit and len(shown) <= limit
    return shown if whole else _cut(shown, limit)


def markdown(text: str, limit: int = MAX_TEXT) -> str:
    """`text` on one line of Markdown: it reads as it is, and nothing in it is markup.

    What stands between backticks stays code, which is literal in Markdown too.
    """
    parts = _CODE.split(one_line(text, limit))
    return "".join(
        part if number % 2 else _MARKUP.sub(r"\\\g<0>", part) for number, part in enumerate(parts)
    )


def csv_cell(text: str, limit: int = MAX_TEXT) -> str:
    """`text` for a cell of a table that a spreadsheet will open: one line, never a formula.

    What would start a formula gets an apostrophe in front, also behind leading spaces.
    Commas and quotes are the `csv` module's business.
    """
    shown = one_line(text, limit)
    return f"'{shown}" if shown[:1] in _FORMULA else shown


def file_name(text: str, fallback: str = "unnamed") -> str:
    """A file's name, without folders, made of `text`: the same on every system.

    Letters and digits of any script stay, in Unicode's composed form; anything else becomes
    `_`. Two texts may get one name: whoever writes files has to tell them apart.
    """
    composed = unicodedata.normalize("NFC", text)
    safe = _NOT_IN_NAMES.sub("_", composed)
    safe = _first_bytes(safe.strip("."), MAX_FILE_NAME).strip(". ").lstrip("-")
    if not safe.strip("_"):
        return fallback
    # Windows keeps these names for devices, whatever the suffix.
    return f"_{safe}" if safe.split(".")[0].casefold() in _RESERVED else safe


def _is_plain_line(text: str) -> bool:
    # What most are, of the hundred thousand in the tables of a large class.
    plain = text.isascii() and text.isprintable() and "  " not in text
    return plain and text[:1] != " " and text[-1:] != " "


def _spell_out(text: str, keep: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    parts: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if char in keep or category not in _UNSAFE:
            if marks <= _MAX_MARKS:
                parts.append(char)
        else:
            parts.append(char.encode("unicode_escape").decode("ascii"))
    return "".join(parts)


def _cut(text: str, limit: int) -> str:
    """The beginning, up to the end of a word if there is one not far from where it must end."""
    kept = text[: max(0, limit - len(_ELLIPSIS))]
    if text[len(kept) : len(kept) + 1].isspace():
        return kept.rstrip() + _ELLIPSIS
    space = max(kept.rfind(" "), kept.rfind("\n"))
    near = space > 0 and len(kept) - space <= _MAX_WORD
    return (kept[:space] if near else kept) + _ELLIPSIS


def _first_bytes(text: str, size: int) -> str:
    # A file name is limited in bytes, and must not end in half a character.
    return text.encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")
