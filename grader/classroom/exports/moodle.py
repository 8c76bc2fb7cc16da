"""Scores for Moodle: the grading worksheet filled in, and feedback files in a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from grader.class_results import Row, Summary
from grader.classroom.exports.matching import Export, Unmatched
from grader.classroom.exports.moodle_lines import Lines, folder_name
from grader.classroom.exports.moodle_worksheet import understood
from grader.classroom.exports.scores import AS_THEY_ARE, Filling, Terms
from grader.classroom.spreadsheets import Table, write_table

_THE_SAME_DATE = (1980, 1, 1, 0, 0, 0)


def worksheet(
    summary: Summary, table: Table, wanted: str | None = None, terms: Terms = AS_THEY_ARE
) -> Export:
    """The worksheet's lines of all who have a score, ready to be uploaded.

    wanted: the heading of the grades, where the worksheet alone does not tell.
    Participants' numbers count, or the names of teams; where a hand-in has none, its address or
    id number.
    Raises UsageError if the table is no worksheet, or takes no numbers.
    """
    sheet = understood(table, wanted)
    lines = Lines(sheet, summary.submissions)
    filling = Filling(table, sheet.grade, terms, sheet.decimal)
    for row in summary.submissions:
        for person, line in lines.of(row):
            objection = "has a grade that is locked in Moodle" if line in sheet.locked else ""
            possible = sheet.possible(line) if isinstance(line, int) else None
            filling.offer(row, person, line, possible, objection)
    rows = [table.header]
    filled = filling.filled()
    for line, score in filled.items():
        cells = list(table.rows[line])
        cells[sheet.grade] = score
        rows.append(tuple(cells))
    return Export(
        write_table(rows, table.delimiter),
        len(filled),
        tuple(filling.unmatched),
        tuple(filling.replaced),
        (*table.warnings, *sheet.warnings),
    )


def feedback_zip(summary: Summary, folder: Path) -> Export:
    """Each hand-in's feedback page, under the name that Moodle gave to its folder."""
    buffer = io.BytesIO()
    unmatched: list[Unmatched] = []
    count = 0
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in summary.submissions:
            page = _page(row, folder)
            if folder_name(row) is None:
                unmatched.append(Unmatched(row.student, "was not downloaded from Moodle"))
            elif page is None:
                unmatched.append(Unmatched(row.student, "has no feedback page"))
            else:
                # The time is fixed: the same pages give the same bytes.
                info = zipfile.ZipInfo(f"{row.folder}/feedback.html", _THE_SAME_DATE)
                info.external_attr = 0o644 << 16
                archive.writestr(info, page, zipfile.ZIP_DEFLATED)
                count += 1
    return Export(buffer.getvalue(), count, tuple(unmatched))


def _page(row: Row, folder: Path) -> bytes | None:
    name = Path(row.feedback).name
    # A summary that somebody changed must not make files of other folders public.
    if not row.feedback or row.feedback != f"feedback/{name}":
        return None
    try:
        return (folder / "feedback" / name).read_bytes()
    except OSError:
        return None
