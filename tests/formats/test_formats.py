"""A report in the forms of other systems: nothing gained, nothing lost, no fault as a zero."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.errors import FaultError
from grader.formats import wording
from grader.formats.encoding import Format, encode
from grader.report import Report, Status, decode
from tests import reports
from tests.formats.test_terminal import hostile_report


def as_json(report: Report, form: Format) -> Any:
    """What another program reads."""
    return json.loads(encode(report, form))


def test_json_is_the_report_itself(mixed_report: Report) -> None:
    """The format that the schema describes."""
    assert decode(encode(mixed_report, Format.JSON)) == mixed_report


class TestGradescope:
    """`results.json`, as Gradescope documents it."""

    def test_score_and_tests_add_up(self, mixed_report: Report) -> None:
        """The score is that of the report, and also the sum over the tests."""
        results = as_json(mixed_report, Format.GRADESCOPE)
        assert results["score"] == mixed_report.score
        assert sum(test["score"] for test in results["tests"]) == mixed_report.score
        assert sum(test["max_score"] for test in results["tests"]) == mixed_report.max_score
        assert isinstance(results["execution_time"], float)

    def test_each_check_is_a_test(self, mixed_report: Report) -> None:
        """With exercise, number, status, and why."""
        test = as_json(mixed_report, Format.GRADESCOPE)["tests"][3]
        assert test["name"] == "my_huber_loss_with_threshold: other thresholds"
        assert test["number"] == "2.2"
        assert test["status"] == "failed"
        assert test["output"].startswith("cell 9, line 4: With other thresholds")
        assert test["output_format"] == test["name_format"] == "text"

    def test_only_known_keys_and_values(self, mixed_report: Report) -> None:
        """Gradescope refuses a file with a value that it does not know."""
        results = as_json(mixed_report, Format.GRADESCOPE)
        assert results["visibility"] == "visible"
        assert results["stdout_visibility"] == "hidden"
        assert {test["status"] for test in results["tests"]} == {"passed", "failed"}
        assert set(results) <= {
            "score", "execution_time", "output", "output_format", "test_output_format",
            "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests",
        }  # fmt: skip

    def test_an_exercise_without_checks_is_one_test(self) -> None:
        """Its points are not lost on the way."""
        exercise = reports.make_exercise("my_huber_loss", message="is defined nowhere")
        (test,) = as_json(reports.make_report(exercise), Format.GRADESCOPE)["tests"]
        assert test["output"] == "is defined nowhere"

    def test_unreadable_is_a_zero_with_its_reason(self) -> None:
        """It was graded: there was nothing in it."""
        report = reports.make_report(status=Status.UNREADABLE, message="The file is empty.")
        results = as_json(report, Format.GRADESCOPE)
        assert results["score"] == 0
        assert results["output"] == "The file is empty."

    def test_a_fault_has_neither_score_nor_tests(self) -> None:
        """An empty list of tests would add up to zero."""
        report = reports.make_report(status=Status.NOT_GRADED, message="The worker was lost.")
        results = as_json(report, Format.GRADESCOPE)
        assert not {"score", "tests"} & set(results)
        assert results["output"] == "The worker was lost."

    def test_nothing_hidden_and_nothing_hostile(self) -> None:
        """Evidence is for instructors, escape sequences for nobody."""
        text = encode(hostile_report(), Format.GRADESCOPE).decode()
        assert "\\u001b" not in text
        assert "evidence" not in text


class TestCoursera:
    """`feedback.json`, as Coursera's grading service reads it."""

    def test_a_fraction_and_the_reasons(self, mixed_report: Report) -> None:
        """Between 0 and 1, and all that the terminal tells."""
        feedback = as_json(mixed_report, Format.COURSERA)
        assert set(feedback) == {"fractionalScore", "feedback"}
        assert feedback["fractionalScore"] == pytest.approx(15 / 64)
        assert feedback["feedback"].startswith("15 of 64 points\n")
        assert "- 6 lost: other thresholds: cell 9, line 4:" in feedback["feedback"]
        assert "`contrastve_loss` is, in cell 11." in feedback["feedback"]

    def test_full_points_are_exactly_one(self) -> None:
        """A number, never a truth value, which Coursera refuses."""
        exercise = reports.make_exercise("my_huber_loss", reports.make_check("small_errors"))
        fraction = as_json(reports.make_report(exercise), Format.COURSERA)["fractionalScore"]
        assert fraction == 1.0
        assert isinstance(fraction, float)

    def test_a_fault_is_no_feedback(self) -> None:
        """Any number would be a wrong grade."""
        report = reports.make_report(status=Status.NOT_GRADED, message="The worker was lost.")
        with pytest.raises(FaultError, match=r"The worker was lost\."):
            encode(report, Format.COURSERA)

    def test_feedback_has_a_limit(self) -> None:
        """The platform would cut it in the middle of a character."""
        report = reports.make_report(notes=tuple("é" * 4000 for _ in range(50)))
        feedback = as_json(report, Format.COURSERA)["feedback"]
        assert len(feedback.encode()) <= 60_000

    def test_nothing_hostile(self) -> None:
        """Escape sequences are spelled out."""
        assert "\\u001b" not in encode(hostile_report(), Format.COURSERA).decode()


POINTS = {
    "whole": (15.0, "15"),
    "a half": (87.5, "87.5"),
    "nothing": (0.0, "0"),
    "almost all": (99.999, "99.99"),
    "a sum of tenths": (0.1 + 0.2, "0.3"),
    "a third": (1 / 3, "0.33"),
    "no score": (None, "-"),
    "a hundred": (100.0, "100"),
}


@pytest.mark.parametrize(("value", "text"), POINTS.values(), ids=POINTS.keys())
def test_points_as_people_write_them(value: float | None, text: str) -> None:
    """Two decimals at most, and never rounded up."""
    assert wording.points(value) == text
