"""A report in the forms of other systems: nothing gained, nothing lost, no fault as a zero."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import mistune
import pytest

from grader import harmless
from grader.errors import FaultError
from grader.formats import wording
from grader.formats.encoding import Format, encode
from grader.formats.services import github, gradescope, prairielearn
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

    def test_each_exercise_is_a_test(self, mixed_report: Report) -> None:
        """With name, number, status, and why, in Markdown."""
        results = as_json(mixed_report, Format.GRADESCOPE)
        assert [test["name"] for test in results["tests"]] == [
            exercise.name for exercise in mixed_report.exercises
        ]
        test = results["tests"][1]
        assert (test["number"], test["status"]) == ("2", "failed")
        assert test["output"].startswith("**5 of 11**, partly right, cells 7 and 9")
        assert "\n  cell 9, line 4\\: The threshold is always 1" in test["output"]
        assert (test["name_format"], test["output_format"]) == ("text", "md")

    def test_the_page_stands_in_a_frame_where_nothing_runs(self, mixed_report: Report) -> None:
        """Whatever is in it, it can't end the frame; it has no points of its own."""
        page = "<!doctype html><p title='\"'>a &amp; b</p></iframe><script>alert(1)</script>"
        (*_, last) = json.loads(gradescope.encode(mixed_report, page))["tests"]
        assert last["output_format"] == "html"
        assert not {"score", "max_score", "status"} & set(last)
        assert last["output"].count("<") == 2
        assert last["output"].startswith("<iframe sandbox title=")
        assert html.unescape(last["output"].split('srcdoc="')[1].split('"')[0]) == page

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
        assert test["output"].endswith("\n\nis defined nowhere")

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


class TestPrairieLearn:
    """`results.json`, as PrairieLearn's page on external grading describes it."""

    def test_a_fraction_and_a_test_for_each_exercise(self, mixed_report: Report) -> None:
        """The points of the tests have the score's share of all."""
        results = as_json(mixed_report, Format.PRAIRIELEARN)
        assert results["gradable"] is True
        assert results["score"] == pytest.approx(15 / 64)
        assert sum(test["points"] for test in results["tests"]) == 15
        assert sum(test["max_points"] for test in results["tests"]) == 64
        keys = {"name", "description", "points", "max_points", "message", "output"}
        assert all(set(test) == keys for test in results["tests"])
        assert "-6 other thresholds: cell 9, line 4: The threshold" in results["tests"][1]["output"]

    def test_what_can_t_be_read_costs_no_attempt(self) -> None:
        """PrairieLearn's word for it is "not gradable"."""
        report = reports.make_report(status=Status.UNREADABLE, message="The file is empty.")
        results = as_json(report, Format.PRAIRIELEARN)
        assert results["gradable"] is False
        assert results["format_errors"] == ["The file is empty."]
        assert "score" not in results

    def test_a_fault_has_no_results(self) -> None:
        """Any number would be a wrong grade."""
        report = reports.make_report(status=Status.NOT_GRADED, message="The worker was lost.")
        with pytest.raises(FaultError, match=r"The worker was lost\."):
            encode(report, Format.PRAIRIELEARN)

    def test_it_is_no_larger_than_what_is_read(self) -> None:
        """A megabyte, whatever a student has to be told."""
        data = encode(hostile_report(), Format.PRAIRIELEARN)
        assert len(data) < prairielearn.MAX_BYTES
        assert b"\\u001b" not in data


class TestGitHub:
    """A job's summary, annotations, and what the reporter of Classroom reads."""

    def test_the_summary_begins_with_a_table(self, mixed_report: Report) -> None:
        """And says for each exercise that lost points where they went."""
        text = encode(mixed_report, Format.GITHUB).decode()
        assert text.startswith("## alice\\.ipynb: 15 of 64 points\n")
        assert "| `my_huber_loss_with_threshold` | 5 of 11 | partly right |" in text
        assert "### my\\_huber\\_loss\\_with\\_threshold" in text
        assert "### my\\_huber\\_loss\n" not in text, "it lost nothing"
        assert "\n- `my_huber_loss` is defined twice; the last one" in text

    def test_the_reporter_adds_up_the_tests(self, mixed_report: Report) -> None:
        """As autograding-grading-reporter does: scores of tests against one max_score."""
        read = as_json(mixed_report, Format.CLASSROOM)
        assert (read["version"], read["status"], read["max_score"]) == (1, "fail", 64)
        assert sum(test["score"] for test in read["tests"]) == 15
        assert [test["status"] for test in read["tests"]] == ["pass"] + ["fail"] * 4
        assert "cell 9, line 4: The threshold is always 1." in read["tests"][1]["message"]

    def test_annotations_stand_at_lines_of_a_script(self, mixed_report: Report) -> None:
        """A notebook's lines are those of its cells, and are told in the title."""
        at_script = github.commands(mixed_report, "work/a,b.py").splitlines()
        assert (
            "::warning file=work/a%2Cb.py,line=4,title=my_huber_loss_with_threshold%2C cell 9%2C"
            " line 4::The threshold is always 1. Use the threshold that was given to the wrapper."
        ) in at_script
        assert ",line=" not in github.commands(mixed_report, "work/a.ipynb")

    def test_an_annotation_is_one_command_whatever_is_in_it(self) -> None:
        """A line of a student's own would be a command to the runner."""
        hostile = "x\n::error::owned\r\n::set-output name=score::100 100%"
        exercise = reports.make_exercise("my_huber_loss", message=hostile)
        lines = github.commands(reports.make_report(exercise), "a\n::b.py").splitlines()
        assert len(lines) == 1
        assert lines[0].endswith("100 100%25")

    def test_no_more_than_github_shows(self) -> None:
        """Ten for a step; the summary has all."""
        many = [reports.make_exercise(f"e{n}", message="wrong") for n in range(20)]
        report = reports.make_report(*many)
        assert github.commands(report, "a.py").count("\n") == 10
        assert encode(report, Format.GITHUB).decode().count("### ") == 0


class TestMarkdown:
    """Strangers' words in Markdown are words."""

    @pytest.mark.parametrize(
        "words",
        [
            "<script>alert(1)</script>", "[a](javascript:alert(1))", "![x](http://x.y/z)", "# a",
            "https://example.org/x", "| a | b |", "<!-- a -->", "&lt;b&gt;", "1. a", "- a", "***",
            "a `code` b", "`<b>bold</b>`", "a ` b", "\\`<b>`", "``` <i>x</i>", "www.example.org",
            "a\n\n# b", "a@b.org", "==a==", "$x$",
        ],
    )  # fmt: skip
    def test_nothing_in_them_is_markup(self, words: str) -> None:
        """Read by a real reader of Markdown, they come out as they went in."""
        read = mistune.create_markdown(plugins=["url", "table", "strikethrough"])
        page = str(read(f"said: {harmless.markdown(words)}"))
        assert set(re.findall(r"<(\w+)", page)) <= {"p", "code"}
        shown = html.unescape(re.sub(r"</?(p|code)>", "", page)).strip()
        assert shown.replace("`", "") == f"said: {' '.join(words.split())}".replace("`", "")

    def test_names_stay_code(self) -> None:
        """As the terminal shows them between backticks."""
        assert harmless.markdown("call it `my_loss`!") == "call it `my_loss`\\!"


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
