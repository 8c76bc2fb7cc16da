"""Reading a notebook: bytes in, cells out.

A reader of its own, because what students hand in is often not what the schema says
(fields missing, metadata of any kind, files patched by hand) and still opens in Jupyter.
What can be understood is; what cannot is refused in one line that helps. Outputs and
metadata are never looked at.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from . import pages, scripts

_AGAIN = "Open it in Jupyter or Colab, save it again and hand in the .ipynb file."
_STARTS = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a compressed (bzip2) file"),
    (b"\xfd7zXZ\x00", "a compressed (xz) file"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a text document (RTF)"),
)
_CONFLICT = re.compile(r"^<<<<<<< ", re.MULTILINE)
Kind = Literal["code", "markdown", "raw"]
_KINDS: dict[str, Kind] = {
    "code": "code",
    "markdown": "markdown",
    "heading": "markdown",
    "html": "markdown",
}
_CODE_FIELDS = ("input", "outputs", "execution_count", "prompt_number")
# Longer whole numbers are refused by Python itself; none of them matters here.
_DIGITS = 18


class NotANotebook(Exception):
    """The bytes can't be read as a notebook; the text is one clear line for a student."""


class Cell(NamedTuple):
    """One cell. kind: "code", "markdown" or "raw"."""

    kind: Kind
    source: str


@dataclass(frozen=True)
class CodeCell:
    """A code cell. number: its place among all cells, from 1, as a reader counts."""

    number: int
    source: str


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook, all kinds, in order.

    note: how it was read, if it is no notebook. language: what its kernel runs, if that is known
    and not Python.
    """

    cells: tuple[Cell, ...]
    note: str = ""
    language: str = ""

    @property
    def code(self) -> tuple[CodeCell, ...]:
        """The code cells with their numbers."""
        return tuple(
            CodeCell(number, source)
            for number, (kind, source) in enumerate(self.cells, start=1)
            if kind == "code"
        )


# Kernels that people have open besides Python's.
_LANGUAGES = {
    "r": "R", "julia": "Julia", "scala": "Scala", "javascript": "JavaScript", "bash": "Bash",
    "octave": "Octave", "matlab": "MATLAB", "sas": "SAS", "c++": "C++", "java": "Java",
    "rust": "Rust", "go": "Go", "typescript": "TypeScript", "ruby": "Ruby", "sql": "SQL",
}  # fmt: skip
_DECISIVE = frozenset({"cells", "worksheets", "cell_type", "source", "input"})


class _Repeated(dict[str, Any]):
    """A JSON object in which a key stands twice that decides what the notebook is."""


def read(data: bytes) -> Notebook:
    """The notebook in `data`: nbformat 4, and 3 and older with their worksheets.

    A script, Markdown with code in it or a page made from a notebook is read as one.
    Raises NotANotebook.
    """
    text = _text(data)
    if book := _other(text):
        return book
    document = _parse(text)
    if not isinstance(document, dict):
        raise NotANotebook(
            f"The file is JSON but no notebook: it holds {_called(document)}. {_AGAIN}"
        )
    _refuse_repeated(document, "The notebook")
    cells = tuple(_cell(number, raw) for number, raw in _numbered(document))
    return Notebook(cells, language=_language(document))


def _language(document: dict[str, Any]) -> str:
    """The language of the notebook's kernel, if it is one of the well-known others."""
    metadata = document.get("metadata")
    if not isinstance(metadata, dict):
        return ""
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        said = metadata.get(part)
        name = said.get(key) if isinstance(said, dict) else None
        if isinstance(name, str) and name.casefold() in _LANGUAGES:
            return _LANGUAGES[name.casefold()]
    return ""


def _other(text: str) -> Notebook | None:
    """What is no notebook, and holds code; None for all else."""
    start = text.lstrip()[:1]
    if start in {"{", "["} or _CONFLICT.search(text):
        return None
    if start == "<":
        shown = pages.read(text)
        note = "The file is a web page: the code in it was read, and cells are counted as there."
        return Notebook(tuple(Cell(*_kept(one)) for one in shown), note) if shown else None
    found = scripts.read(text)
    return Notebook((Cell("code", found.code),), found.note) if found else None


def _kept(cell: tuple[str, str]) -> tuple[Kind, str]:
    return ("code" if cell[0] == "code" else "markdown"), cell[1]


def _text(data: bytes) -> str:
    """The file as text, or why it is none."""
    if not data.strip():
        raise NotANotebook(f"The file is empty. {_AGAIN}")
    for start, what in _STARTS:
        if data.startswith(start):
            raise NotANotebook(f"The file is {what}, not a notebook. {_AGAIN}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # An old editor's umlaut in a script's comment is no reason to read none of it.
        text = data.decode("cp1252", "replace")
        if data.lstrip()[:1] not in {b"{", b"["} and scripts.looks_like_code(text):
            return text
        raise NotANotebook(
            f"The file is not UTF-8 text (byte {error.start + 1}). {_AGAIN}"
        ) from None


def _from_utf16(data: bytes) -> str:
    text = data.decode("utf-16", "replace")
    if text.lstrip()[:1] not in {"{", "["} and scripts.looks_like_code(text):
        return text
    raise NotANotebook(f"The file is UTF-16 text; notebooks are UTF-8. {_AGAIN}")


def _parse(text: str) -> Any:
    """The text as JSON, or what it is instead."""
    try:
        # Jupyter writes NaN, and some tools write bare control characters: both are taken.
        return json.loads(text, strict=False, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise NotANotebook(_not_json(text, error)) from None
    except RecursionError:
        raise NotANotebook(f"The file is nested too deeply to be a notebook. {_AGAIN}") from None


def _not_json(text: str, error: json.JSONDecodeError) -> str:
    start = text.lstrip()[:200]
    if start.startswith("<<<<<<<") or "\n<<<<<<< " in text:
        return "The file holds the marks of a Git merge conflict. Resolve it and hand it in again."
    if start.startswith("<"):
        return (
            "The file is a web page (HTML), not a notebook. Download the notebook itself: "
            "in Colab or Jupyter, File > Download > .ipynb."
        )
    if start.startswith("version ") and "git-lfs" in start:
        return "The file is a Git LFS pointer, not the notebook itself. Hand in the real file."
    if not start.startswith(("{", "[")):
        return f"The file is plain text, not a notebook. {_AGAIN}"
    unread = text[error.pos :].strip()
    # An unfinished string is reported where it starts, so its end is looked at too.
    if not unread or error.msg.startswith("Unterminated string"):
        return f"The file ends too early (line {error.lineno}): it was cut off. {_AGAIN}"
    return f"The file is damaged: line {error.lineno} is not JSON ({error.msg}). {_AGAIN}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    count = Counter(key for key, _ in pairs)
    return _Repeated(result) if any(count[key] > 1 for key in _DECISIVE) else result


def _integer(digits: str) -> int:
    return int(digits) if len(digits) <= _DIGITS else 0


def _refuse_repeated(value: dict[str, Any], what: str) -> None:
    """Which of two "source" entries counts would be a guess.

    Other keys that are repeated, as some tools do with metadata, don't matter.
    """
    if isinstance(value, _Repeated):
        raise NotANotebook(f"{what} has the same entry twice, so it can't be read. {_AGAIN}")


def _numbered(document: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    """The raw cells, counted from 1 over all cells of all worksheets."""
    if "cells" in document:
        raw = _list(document["cells"], 'its "cells" are')
    elif "worksheets" in document:
        raw = []
        for sheet in _list(document["worksheets"], 'its "worksheets" are'):
            if not isinstance(sheet, dict):
                raise NotANotebook(
                    f"The notebook is damaged: a worksheet is {_called(sheet)}. {_AGAIN}"
                )
            _refuse_repeated(sheet, "A worksheet of the notebook")
            raw += _list(sheet.get("cells", []), 'the "cells" of a worksheet are')
    else:
        raise NotANotebook(f"The file is JSON but no notebook: it has no cells. {_AGAIN}")
    return enumerate(raw, start=1)


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise NotANotebook(f"The notebook is damaged: {what} {_called(value)}. {_AGAIN}")
    return value


def _cell(number: int, raw: Any) -> Cell:
    if not isinstance(raw, dict):
        raise NotANotebook(f"The notebook is damaged: cell {number} is {_called(raw)}. {_AGAIN}")
    _refuse_repeated(raw, f"Cell {number}")
    kind = raw.get("cell_type")
    if kind is None:
        kind = "code" if any(field in raw for field in _CODE_FIELDS) else "markdown"
    elif not isinstance(kind, str):
        raise NotANotebook(
            f"The notebook is damaged: the type of cell {number} is {_called(kind)}. {_AGAIN}"
        )
    # nbformat 3 and older call the source of a code cell its input.
    source = raw.get("source", raw.get("input"))
    return Cell(_KINDS.get(kind, "raw"), _joined(number, source))


def _joined(number: int, source: Any) -> str:
    """The source, which may be one string or a list of lines, with plain line ends."""
    if source is None:
        return ""
    if isinstance(source, list):
        odd = next((line for line in source if not isinstance(line, str)), None)
        if odd is not None or None in source:
            raise NotANotebook(
                f"The notebook is damaged: a line of cell {number} is {_called(odd)}. {_AGAIN}"
            )
        source = "".join(source)
    if not isinstance(source, str):
        raise NotANotebook(
            f"The notebook is damaged: the source of cell {number} is {_called(source)}. {_AGAIN}"
        )
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _called(value: Any) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    names = ((dict, "an object"), (list, "a list"), (str, "a text"), ((int, float), "a number"))
    return _first(name for kinds, name in names if isinstance(value, kinds))


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "something else")
