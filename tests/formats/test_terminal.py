"""What a person sees after `grader grade`."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from grader.formats import terminal
from grader.report import CheckStatus, Evidence, Report, Status
from tests import reports


def shown(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """The view as it is printed, and nothing if it does not fit."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, markup=False, highlight=False
    )
    with console.capture() as captured:
        console.print(terminal.view(report, written=("report.json",)))
    return captured.get()


def test_the_score_comes_first(mixed_report: Report) -> None:
    """Who, and how many points of how many."""
    first = shown(mixed_report).splitlines()[0]
    assert "alice.ipynb (alice)" in first
    assert "15 of 64 points" in first


def test_a_line_for_each_exercise(mixed_report: Report) -> None:
    """Name, points, a word, and the cells that were used."""
    lines = [" ".join(line.split()) for line in shown(mixed_report).splitlines()]
    assert "my_huber_loss 10/10 right cell 4" in lines
    assert "my_huber_loss_with_threshold 5/11 partly right cells 7 and 9" in lines
    assert "MyHuberLoss 0/13 not right yet cell 4" in lines
    assert "contrastive_loss 0/15 missing" in lines
    assert "ContrastiveLoss 0/15 can't be run cell 13" in lines


def test_a_lost_point_says_what_where_and_why(mixed_report: Report) -> None:
    """The check, the points, cell and line, the message, and the diagnosis."""
    text = shown(mixed_report)
    assert "my_huber_loss_with_threshold: 6 points lost" in text
    assert "-6    other thresholds" in text
    assert "cell 9, line 4: The threshold is always 1." in text


def test_a_diagnosis_stands_for_what_it_explains(mixed_report: Report) -> None:
    """Once, in the place of the check's own words."""
    text = shown(mixed_report)
    assert text.count("The threshold is always 1.") == 1
    assert "the values stay the same" not in text


def test_one_cause_is_told_once(mixed_report: Report) -> None:
    """Two checks failed by one undefined name are one entry with the points of both."""
    text = shown(mixed_report)
    assert text.count("NameError") == 1
    assert "-10   small errors; large errors (an error was raised)" in text


def test_a_missing_exercise_says_so_once(mixed_report: Report) -> None:
    """Not once for each of its checks."""
    text = shown(mixed_report)
    assert "`contrastve_loss` is, in cell 11." in text
    assert "is defined nowhere\n" not in text


def test_all_points_leave_nothing_to_explain() -> None:
    """A right notebook gets a short page."""
    exercise = reports.make_exercise("my_huber_loss", reports.make_check("small_errors"))
    text = shown(reports.make_report(exercise))
    assert "5 of 5 points" in text
    assert "lost" not in text


def test_notes_environment_and_files_stand_at_the_end(mixed_report: Report) -> None:
    """With the isolation that was in force."""
    text = shown(mixed_report, width=200)
    assert "- `my_huber_loss` is defined twice; the last one, in cell 4, counts." in text
    assert "isolation: bubblewrap, 4.2 s" in text
    assert text.rstrip().endswith("written: report.json")


def test_what_can_not_be_read_says_why() -> None:
    """A zero with its reason, and no table of six zeros."""
    text = shown(reports.make_report(status=Status.UNREADABLE, message="The file is empty."))
    assert "(unreadable)" in text
    assert "The file is empty." in text


def test_what_was_not_graded_has_no_points() -> None:
    """Not even a zero."""
    text = shown(reports.make_report(status=Status.NOT_GRADED, message="The worker was lost."))
    assert "not graded" in text
    assert "points" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits(mixed_report: Report, width: int) -> None:
    """No line is wider than the terminal."""
    assert max(map(len, shown(mixed_report, width=width).splitlines())) <= width


def test_colour_adds_nothing_that_is_not_said_in_words(mixed_report: Report) -> None:
    """Without its escape sequences the coloured text is the plain one."""
    import re

    coloured = shown(mixed_report, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(mixed_report)


HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]100 of 100[/] [link=x]\u202e\r"


def hostile_report() -> Report:
    """Hostile text in every place that a notebook can reach."""
    check = reports.make_check("labels", CheckStatus.ERROR, message=f"ValueError: {HOSTILE}")
    check = msgspec.structs.replace(check, evidence=Evidence((HOSTILE,)))
    exercise = reports.make_exercise("contrastive_loss", check, message=HOSTILE)
    return reports.make_report(
        exercise, notes=(HOSTILE,), message=HOSTILE, file=HOSTILE, student=HOSTILE
    )


def test_hostile_text_is_only_text() -> None:
    """No escape sequence gets out, and what looks like markup is shown as it was written."""
    text = shown(hostile_report(), width=200)
    assert not set(text) & set("\x1b\x07\r\u202e")
    assert text.count("[bold red]100 of 100[/]") == 6
    assert "\\x1b[2J" in text
