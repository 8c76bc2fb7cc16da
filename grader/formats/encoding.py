"""A report as the bytes of a file, in each format that `grader grade` writes."""

from __future__ import annotations

from enum import StrEnum

from grader import report as report_types
from grader.report import Report


class Format(StrEnum):
    """Who is to read the file: this grader's own users, or another system."""

    JSON = "json"
    GRADESCOPE = "gradescope"
    COURSERA = "coursera"
    PRAIRIELEARN = "prairielearn"
    GITHUB = "github"
    CLASSROOM = "classroom"

    @property
    def file_name(self) -> str:
        """The name that its readers look for."""
        return _FILE_NAMES[self]


_FILE_NAMES = {
    Format.JSON: "report.json",
    Format.GRADESCOPE: "results.json",
    Format.COURSERA: "feedback.json",
    Format.PRAIRIELEARN: "results.json",
    Format.GITHUB: "summary.md",
    Format.CLASSROOM: "classroom.json",
}


def encode(report: Report, form: Format) -> bytes:
    """`report` in UTF-8, ending in a newline."""
    match form:
        case Format.JSON:
            return report_types.encode(report)
        case Format.GRADESCOPE:
            from grader.formats.services import gradescope

            return gradescope.encode(report)
        case Format.COURSERA:
            from grader.formats.services import coursera

            return coursera.encode(report)
        case Format.PRAIRIELEARN:
            from grader.formats.services import prairielearn

            return prairielearn.encode(report)
        case Format.GITHUB:
            from grader.formats.services import markdown

            return markdown.summary(report).encode()
        case Format.CLASSROOM:
            from grader.formats.services import github

            return github.classroom(report)
