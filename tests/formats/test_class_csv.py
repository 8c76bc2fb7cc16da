"""The tables of the class page as files that a spreadsheet opens."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest

from grader.class_results import Absent, Standing, Summary
from grader.formats.class_page import csv_tables
from tests.formats.test_class_page import HOSTILE, summary


@pytest.fixture(scope="module")
def class_of_40() -> Summary:
    """With somebody in the roster of whom there is nothing, and names that are none."""
    found = summary(40)
    topic = msgspec.structs.replace(found.topics[0], title="=1+1", text="José's \u202e")
    absent = (Absent("noé", "Noé Adams"),)
    return msgspec.structs.replace(found, topics=(topic, *found.topics[1:]), absent=absent)


def rows(found: Summary, name: str) -> list[dict[str, str]]:
    """The lines of one table, by its heads."""
    text = csv_tables.tables(found)[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_excel_is_told_that_it_is_utf_8(class_of_40: Summary) -> None:
    """Or José would be written with two wrong letters there."""
    made = csv_tables.tables(class_of_40)
    assert made.keys() == set(csv_tables.NAMES)
    assert all(data.startswith(b"\xef\xbb\xbf") for data in made.values())


def test_no_cell_is_a_formula_or_writes_backwards(class_of_40: Summary) -> None:
    """Titles and texts quote students; ids are theirs."""
    every = b"".join(csv_tables.tables(class_of_40).values()).decode("utf-8-sig")
    assert "\u202e" not in every
    cells = [
        cell
        for name in csv_tables.NAMES
        for row in rows(class_of_40, name)
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]
    assert rows(class_of_40, "topics")[0]["title"] == "'=1+1"


def test_exercises_and_checks_say_what_the_page_says(class_of_40: Summary) -> None:
    """The same numbers; a correlation that is none is empty."""
    for row, one in zip(rows(class_of_40, "exercises"), class_of_40.exercises, strict=True):
        assert (row["exercise"], int(row["wrote"])) == (one.name, one.wrote)
        assert float(row["mean"]) == one.mean
        assert int(row["broken"]) == one.standings[Standing.BROKEN]
    checks = [check for one in class_of_40.exercises for check in one.checks]
    for row, check in zip(rows(class_of_40, "checks"), checks, strict=True):
        assert (row["title"], int(row["failed"])) == (check.title, check.failed)
        told = "" if check.discrimination is None else check.discrimination
        assert told == (row["discrimination"] and float(row["discrimination"]))


def test_who_is_not_graded_and_why(class_of_40: Summary) -> None:
    """Unreadable, without a score, nothing handed in at all, and files of nobody."""
    found = {row["what"]: row["status"] for row in rows(class_of_40, "not_graded")}
    assert found["student007"] == "unreadable"
    assert found["student009"] == "not_graded"
    assert found["noé"] == "nothing handed in"
    names = {row["what"]: row["name"] for row in rows(class_of_40, "not_graded")}
    assert (names["noé"], names["student007"]) == ("Noé Adams", "Étudiant 7")
    assert "left out" in found.values()
    assert not any(HOSTILE in what for what in found)


def test_the_same_code_is_a_line_for_each(class_of_40: Summary) -> None:
    """With the number of its group."""
    found = rows(class_of_40, "same_code")
    assert [(row["group"], row["student"]) for row in found] == [
        ("1", "student011"),
        ("1", "student012"),
    ]
