"""Tables as workbooks (.xlsx), which any spreadsheet opens alike, whatever language it speaks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from grader import harmless

# A date of its own would make every file another one.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# Excel's own limit, less what it would never show.
_WIDEST = 60


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """A workbook with one sheet: a header that stays in sight, numbers, and text.

    No text becomes a formula, a link or a number; None is an empty cell.
    """
    # Few want one, and a batch should start fast.
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        widths = [len(column) for column in columns]
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    text = harmless.one_line(cell, harmless.MAX_TEXT)
                    sheet.write_string(last, place, text)
                    widths[place] = max(widths[place], len(text))
                elif cell is not None:
                    sheet.write_number(last, place, cell)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width, _WIDEST) + 2)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    return buffer.getvalue()
