"""What a person sees after `grader grade`."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from grader.formats import terminal
from grader.report import (
    CheckStatus,
    Evidence,
    ExerciseStatus,
    Place,
    Report,
    Slip,
    Span,
    Status,
)
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


STOPPED = "It stops with NameError: name 'a' is not defined."


def stopped_report() -> Report:
    """An exercise of eighteen checks: one error stops twelve, and six are not run then."""
    here = Place(9, 4)
    checks = [
        *(
            reports.make_check(f"later {n}", CheckStatus.SKIPPED, 0.5, "It counts once that is.")
            for n in range(6)
        ),
        *(reports.make_check(f"check {n}", CheckStatus.ERROR, 1, STOPPED, here) for n in range(12)),
    ]
    return reports.make_report(
        reports.make_exercise("my_huber_loss_with_threshold", *checks, message=STOPPED)
    )


def test_a_stopped_exercise_is_one_reason_with_a_count() -> None:
    """Its place and words once, then the points; what was not run comes after its cause."""
    lines = [line.strip() for line in shown(stopped_report()).splitlines()]
    begin = lines.index("my_huber_loss_with_threshold: 15 points lost")
    assert lines[begin + 1 : begin + 5] == [
        f"cell 9, line 4: {STOPPED}",
        "-12   12 checks, for one reason (an error was raised)",
        "-3    6 checks (not run)",
        "It counts once that is.",
    ]


def test_a_definition_that_can_not_be_run_has_its_line() -> None:
    """Whether its message has it or not."""
    check = reports.make_check("labels", CheckStatus.SKIPPED, 15, "", Place(13, 2))
    for message, said in (
        ("Its definition can't be executed.", "cell 13, line 2: Its definition can't be executed."),
        ("Cell 13 is no Python in line 2.", "Cell 13 is no Python in line 2."),
    ):
        exercise = reports.make_exercise(
            "ContrastiveLoss", check, message=message, status=ExerciseStatus.BROKEN
        )
        lines = [line.strip() for line in shown(reports.make_report(exercise)).splitlines()]
        assert said in lines


def test_a_slip_is_told_with_its_place() -> None:
    """Before what it cost."""
    check = reports.make_check("small_errors", CheckStatus.FAILED, 3, "Too small.")
    slip = Slip("bracket", "The half belongs outside.", Span(5, 4, 1, 4, 9))
    exercise = msgspec.structs.replace(reports.make_exercise("my_huber_loss", check), slip=slip)
    text = shown(reports.make_report(exercise))
    assert text.index("cell 5, line 4: The half belongs outside.") < text.index("Too small.")


@pytest.mark.parametrize("width", [40, 50, 60, 70, 80])
def test_no_word_is_broken_and_no_name_cut(mixed_report: Report, width: int) -> None:
    """Each word of the wide view is a word of the narrow one, but for the cells in the table."""
    for report in (mixed_report, stopped_report()):
        words = set(shown(report, width=width).split())
        assert words <= set(shown(report, width=200).split())
        assert {exercise.name for exercise in report.exercises} <= words


def test_the_table_keeps_to_lines_of_their_own(mixed_report: Report) -> None:
    """60 columns have no room for the cells: the names, points and results stay in line."""
    lines = shown(mixed_report, width=60).splitlines()
    assert [line.split() for line in lines[2:7]] == [
        ["my_huber_loss", "10/10", "right"],
        ["my_huber_loss_with_threshold", "5/11", "partly", "right"],
        ["MyHuberLoss", "0/13", "not", "right", "yet"],
        ["contrastive_loss", "0/15", "missing"],
        ["ContrastiveLoss", "0/15", "can't", "be", "run"],
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
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
