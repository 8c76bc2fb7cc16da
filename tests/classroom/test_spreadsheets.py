"""Tables come as systems wrote them, or as a spreadsheet saved them again."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom import spreadsheets
from grader.errors import UsageError

ROWS = (("Müller, Ann", "5", 'a "b"'), ("Öz", "7", ""))
TEXT = 'Name,ID,x\n"Müller, Ann",5,"a ""b"""\nÖz,7,\n'
SEMICOLONS = 'Name;ID;x\nMüller, Ann;5;"a ""b"""\nÖz;7\n'
QUOTED = '"Name"\t"ID"\t"x"\n"Müller, Ann"\t"5"\t"a ""b"""\n"Öz"\t"7"\t""\n'
AS_SAVED = {
    "as it comes": TEXT.encode(),
    "with a mark in front": TEXT.encode("utf-8-sig"),
    "lines of Windows": TEXT.replace("\n", "\r\n").encode(),
    "semicolons, and a short line": SEMICOLONS.encode(),
    "tabs in UTF-16": SEMICOLONS.replace(";", "\t").encode("utf-16"),
    "tabs, and quotes around everything": QUOTED.encode(),
    "UTF-16 without a mark": TEXT.encode("utf-16-le"),
    "UTF-16, the large end first": TEXT.encode("utf-16-be"),
    "a line about the separator": f"sep=;\n{SEMICOLONS}".encode(),
    "Windows-1252": TEXT.encode("cp1252"),
    "two marks in front": f"\ufeff{TEXT}".encode("utf-8-sig"),
    "lines of an old Mac": TEXT.replace("\n", "\r").encode(),
    "blank cells behind the last": TEXT.replace(",5,", ",5,").replace('"""\n', '""",,\n').encode(),
}


@pytest.mark.parametrize("data", AS_SAVED.values(), ids=AS_SAVED.keys())
def test_whatever_excel_made_of_it(tmp_path: Path, data: bytes) -> None:
    """The same cells."""
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    table = spreadsheets.read_table(path)
    assert (table.header, table.rows) == (("Name", "ID", "x"), ROWS)


def test_separators_inside_quotes_separate_nothing(tmp_path: Path) -> None:
    """A title with commas, in a table of semicolons."""
    path = tmp_path / "x.csv"
    path.write_text('Student;ID;"Losses, part 1, 2, 3, 4 (5)"\nLee;5;\n', encoding="utf-8")
    assert spreadsheets.read_table(path).header == ("Student", "ID", "Losses, part 1, 2, 3, 4 (5)")


def test_a_quote_within_a_cell_is_a_quote(tmp_path: Path) -> None:
    """As in tables with tabs, where nothing needs quotes."""
    path = tmp_path / "x.csv"
    path.write_text('Name\tID\nAnn "Al Lee\t5\n"Bo" Roe\t6\n', encoding="utf-8")
    assert [row[1] for row in spreadsheets.read_table(path).rows] == ["5", "6"]


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    """Any bytes are Windows-1252, rightly or wrongly."""
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT.encode("cp1252"))
    (warning,) = spreadsheets.read_table(path).warnings
    assert "Windows-1252" in warning


REFUSED = {
    "not there": (None, "No such file"),
    "empty": (b"\n\n", "is empty"),
    "a workbook": (b"PK\x03\x04....", "is a workbook"),
    "no text": (b"a,b\n\x81\x8d,\xff\n", "can't be read as text"),
    "half of UTF-16": (b"\xff\xfea", "can't be read as text"),
    "a web page": (b"\r\n<!DOCTYPE html><title>Log in, please</title>", "is a web page"),
    "a web page called .xls": (b"<html><table><tr><td>a</td></tr></table>", "is a web page"),
    "a comma that nobody quoted": (
        b'Name,ID,x\n"Two\nlines",1,\nLee, Ann,5,7\n',
        "line 4 has more cells than the header",
    ),
    "a quote that never ends": (
        b'Name,ID,x\n"Lee, Ann",5,\n"Roe,6,\nOz,7,\n',
        "a quote in line 3 is never closed",
    ),
    "a huge cell": (b'a,b\n"' + b"x" * 2_000_000 + b'",1\n', "is no CSV file"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_tables_that_can_not_be_read(tmp_path: Path, data: bytes | None, reason: str) -> None:
    """One clear line."""
    path = tmp_path / "x.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=reason):
        spreadsheets.read_table(path)
