"""Strangers' text can steer neither a terminal nor a spreadsheet nor a file system."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import harmless

HOSTILE = {
    "colours": "\x1b[31mred\x1b[0m",
    "window title": "\x1b]0;owned\x07",
    "a C1 escape": "\x9b31m",
    "backspaces": "score 0\b\b100",
    "a carriage return": "0 points\r100 points",
    "text written backwards": "\u202e001 :erocs",
    "isolates": "\u2066a\u2069",
    "zero width": "pass\u200bword\ufeff",
    "tags": "a\U000e0041b",
    "a lone surrogate": "\ud800",
    "NUL": "a\0b",
    "line separators": "a\u2028b\u2029c\x85d",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_steers_a_screen_is_spelled_out(text: str) -> None:
    """Each becomes visible characters that a terminal only prints."""
    for shown in (harmless.terminal(text), harmless.one_line(text)):
        assert shown.isprintable()
        shown.encode("utf-8")


@given(st.text(st.characters()))
def test_no_text_gets_through(text: str) -> None:
    """Whatever comes in, only printable characters and line ends come out."""
    assert all(c == "\n" or c.isprintable() or c.isspace() for c in harmless.terminal(text))
    assert not set(harmless.terminal(text)) & set("\x1b\x9b\x07\b\r\u202e")
    assert "\n" not in harmless.one_line(text)


@pytest.mark.parametrize(
    "text",
    ["MyHuberLoss(threshold=1.5)", "Zoë Müller", "李小龍", "[bold]not markup[/bold]", "🙂"],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Names of any script are people's names."""
    assert harmless.terminal(text) == text
    assert harmless.one_line(text) == text


def test_lines_stay_and_tabs_become_spaces() -> None:
    """A traceback keeps its form."""
    assert harmless.terminal("a\r\n\tb\n") == "a\n    b\n"


def test_long_text_is_cut_and_says_so() -> None:
    """Ten million characters cost four thousand."""
    shown = harmless.terminal("x" * 10_000_000)
    assert len(shown) <= harmless.MAX_TEXT
    assert shown.endswith("[...]")
    assert len(harmless.one_line("y " * 10_000, limit=50)) <= 50


def test_piles_of_marks_are_cut() -> None:
    """A letter carries a few accents, not a thousand that cover the lines above."""
    shown = harmless.terminal("a" + "\u0301" * 1000 + "b")
    assert len(shown) < 20


FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\uff1d1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet shows it as text."""
    assert harmless.csv_cell(text).startswith("'")


@given(st.text(st.characters()))
def test_a_cell_stays_one_cell(text: str) -> None:
    """Through the `csv` module, one value in is one value out, on one line."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(["before", harmless.csv_cell(text), "after"])
    assert buffer.getvalue().count("\n") == 1
    (row,) = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    assert len(row) == 3


FILE_NAMES = {
    "plain": ("alice", "alice"),
    "folders": ("../../etc/passwd", "_.._etc_passwd"),
    "an absolute path": ("/root/x", "_root_x"),
    "backslashes and a drive": ("C:\\x", "C__x"),
    "a hidden file": (".bashrc", "bashrc"),
    "an option": ("-rf", "rf"),
    "NUL": ("a\0b", "a_b"),
    "nothing": ("", "unnamed"),
    "dots alone": ("..", "unnamed"),
    "a device": ("nul.json", "_nul.json"),
    "another script": ("李小龍", "李小龍"),
    "a line end": ("a\nb", "a_b"),
}


@pytest.mark.parametrize(("text", "name"), FILE_NAMES.values(), ids=FILE_NAMES.keys())
def test_file_names(text: str, name: str) -> None:
    """What comes out is a plain name in one folder."""
    assert harmless.file_name(text) == name


def test_both_ways_to_write_an_accent_give_one_name() -> None:
    """Composed and decomposed letters look the same, so they are the same."""
    assert harmless.file_name("Zoe\u0308") == harmless.file_name("Zo\u00eb")


@given(st.text(st.characters()))
def test_every_text_gives_a_usable_file_name(text: str) -> None:
    """Never empty, never too long, never outside its folder."""
    name = harmless.file_name(text)
    assert name
    assert name == unicodedata.normalize("NFC", name)
    assert len(name.encode()) <= harmless.MAX_FILE_NAME + 1
    assert not name.startswith((".", "-"))
    assert not set(name) & set('/\\:*?"<>|\0\n')


@pytest.mark.parametrize("cut", [harmless.one_line, harmless.terminal])
@pytest.mark.parametrize("limit", range(20, 60, 7))
def test_a_text_that_is_cut_ends_at_a_word(cut: Callable[[str, int], str], limit: int) -> None:
    """So that nobody reads half of one; what has no spaces is cut where it must be."""
    text = "the values are those of another loss, " * 4
    kept = cut(text, limit).removesuffix(" [...]")
    assert len(kept) <= limit - 6
    assert text.startswith(f"{kept} ")
    assert cut("x" * 100, limit) == "x" * (limit - 6) + " [...]"
