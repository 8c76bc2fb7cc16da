"""What a notebook for students brings along, so that it is one file wherever it is opened.

In the reference a picture is named as usual, `![what it shows](pictures/a.svg)`, and a file that
cells import stands in a line of its own:

    ### EMBED selfcheck.py

The students' notebook holds the picture itself, and code that writes the file where there is none.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

_PICTURE = re.compile(r"\]\((?P<path>[\w./-]+\.svg)\)")
_FILE = re.compile(r"^### EMBED (?P<name>\w+\.py)$", re.MULTILINE)
# Whatever looks like the line must be one, or students would get a notebook that can't run.
_LIKE_A_FILE = re.compile(r"#\s*EMBED\b", re.IGNORECASE)
_QUOTES = "'''"


class EmbeddingError(ValueError):
    """Something that is to be brought along can't be; the text says what, without the cell."""


def with_pictures(source: str, folder: Path) -> str:
    """A Markdown cell with its pictures inside of it. Raises EmbeddingError."""

    def data(match: re.Match[str]) -> str:
        picture = base64.b64encode(_read(folder / match["path"]).encode()).decode()
        return f"](data:image/svg+xml;base64,{picture})"

    return _PICTURE.sub(data, source)


def with_files(source: str, folder: Path) -> str:
    """A code cell that writes the files it names where there are none. Raises EmbeddingError."""

    def code(match: re.Match[str]) -> str:
        text = _read(folder / match["name"])
        if _QUOTES in text or text.endswith("\\"):
            raise EmbeddingError(f"{match['name']} holds {_QUOTES}, which would end it too early")
        return (
            "from pathlib import Path\n\n"
            f'if not Path("{match["name"]}").exists():\n'
            f'    Path("{match["name"]}").write_text(r{_QUOTES}{text}{_QUOTES}, encoding="utf-8")'
        )

    made = _FILE.sub(code, source)
    if _LIKE_A_FILE.search(_FILE.sub("", source)):
        raise EmbeddingError("a line is nearly one that embeds a file, but not quite")
    return made


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise EmbeddingError(f"{path} can't be read, and is to be embedded") from None
