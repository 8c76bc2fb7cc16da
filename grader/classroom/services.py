"""Where each service leaves a hand-in, and where it looks for the results.

Gradescope: https://gradescope-autograders.readthedocs.io; Coursera and PrairieLearn: their pages
on custom and on external graders; GitHub: workflow commands and job summaries.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader import files
from grader import report as report_types
from grader.classroom.batch.pool_task import Page
from grader.errors import FaultError, UsageError
from grader.formats.services import coursera, github, gradescope, markdown, prairielearn
from grader.report import Report
from grader.sandbox.resources.memory import WHOLE_JOB, limited_to


class Service(StrEnum):
    """Who runs the grader."""

    GRADESCOPE = "gradescope"
    COURSERA = "coursera"
    PRAIRIELEARN = "prairielearn"
    GITHUB = "github"


@dataclass(frozen=True)
class Station:
    """One hand-in at a service.

    submission: the folder with the student's files. results: where the service looks; its folder is
    made if it is not there. part: the service's own id of what it asks for.
    """

    service: Service
    root: Path
    submission: Path
    results: Path
    part: str = ""

    @property
    def skip(self) -> Path | None:
        """What lies among the student's files and is none of theirs."""
        return self.results.parent if self.service is Service.GITHUB else None


_PLACES = {
    Service.GRADESCOPE: ("submission", "results/results.json"),
    Service.COURSERA: ("submission", "feedback.json"),
    Service.PRAIRIELEARN: ("student", "results/results.json"),
    Service.GITHUB: (".", "grading/report.json"),
}


def station(service: Service, root: Path, variables: Mapping[str, str]) -> Station:
    """The hand-in in the folder that the service knows as its own; old results are removed."""
    submission, results = (root / name for name in _PLACES[service])
    if not root.is_dir():
        raise UsageError(f"{root}: there is no such folder")
    results.parent.mkdir(exist_ok=True)
    found = Station(service, root, submission, results, variables.get("partId", ""))
    for path in _written(found):
        # Whoever finds nothing here knows that there is no score; old results would be one.
        path.unlink(missing_ok=True)
    files.ensure_writable(results)
    return found


def parts_of(given: Iterable[str], exercises: Collection[str]) -> dict[str, str]:
    """The exercises under the ids of parts, out of "ID=EXERCISE". Raises UsageError."""
    parts = {}
    for one in given:
        part, _, name = one.partition("=")
        if not part or name not in exercises:
            known = ", ".join(sorted(exercises))
            raise UsageError(f"{one!r}: is no part; say ID=EXERCISE, with one of {known}")
        parts[part] = name
    return parts


def notices(station: Station, report: Report) -> list[str]:
    """What whoever set the service up has to know; students don't see it.

    Raises FaultError where the score would be another one there.
    """
    said = []
    memory = limited_to()
    if memory is not None and memory < WHOLE_JOB:
        least = WHOLE_JOB // 2**20
        said.append(f"{memory // 2**20} MB of memory are too few; {least} MB are needed")
    worth = _points(station.root / "submission_metadata.json")
    best = report.max_score
    if station.service is Service.GRADESCOPE and worth is not None and worth != best:
        line = f"the assignment is worth {worth:g} points on Gradescope, and {best:g} here"
        if worth < best:
            raise FaultError(f"{line}: set its autograder points to {best:g}, and run it again")
        said.append(f"{line}; that is right if the others are given by hand")
    return said


def deliver(station: Station, page: Page, variables: Mapping[str, str]) -> str:
    """Write what the service reads. Gives what it reads on standard output."""
    report, results = page.report, station.results
    match station.service:
        case Service.GRADESCOPE:
            files.write(results, gradescope.encode(report, page.feedback))
        case Service.PRAIRIELEARN:
            files.write(results, prairielearn.encode(report))
        case Service.COURSERA:
            if page.feedback:
                files.write(_page(station), page.feedback.encode("utf-8", "replace"))
            files.write(results, coursera.encode(report, with_page=bool(page.feedback)))
        case Service.GITHUB:
            return _on_github(station, page, variables)
    return ""


def _on_github(station: Station, page: Page, variables: Mapping[str, str]) -> str:
    report = page.report
    if report.score is None:
        raise FaultError(report.message or "there is no score")
    if page.feedback:
        files.write(_page(station), page.feedback.encode("utf-8", "replace"))
    summary, classroom = markdown.summary(report), github.classroom(report)
    files.write(station.results.with_name("classroom.json"), classroom)
    files.write(station.results, report_types.encode(report))
    _append(variables.get("GITHUB_STEP_SUMMARY"), summary)
    result = base64.b64encode(classroom).decode()
    _append(variables.get("GITHUB_OUTPUT"), f"score={report.score}\nresult={result}\n")
    return github.commands(report, _path_of(report, station))


def _path_of(report: Report, station: Station) -> str:
    """Where in the repository the graded file lies; its name alone, where several have it."""
    name = report.submission.file
    inside = (path.relative_to(station.root) for path in station.root.rglob("*.*"))
    found = [
        path.as_posix()
        for path in inside
        if path.name == name and not any(part.startswith(".") for part in path.parts)
    ]
    return found[0] if len(found) == 1 else name


def _page(station: Station) -> Path:
    name = "htmlFeedback.html" if station.service is Service.COURSERA else "feedback.html"
    return station.results.with_name(name)


def _written(station: Station) -> Iterable[Path]:
    return (station.results, _page(station), station.results.with_name("classroom.json"))


def _append(path: str | None, text: str) -> None:
    if path:
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(text)


def _points(metadata: Path) -> float | None:
    """What Gradescope says that the assignment is worth; None where it says nothing."""
    try:
        read: Any = json.loads(metadata.read_bytes())
        return float(read["assignment"]["total_points"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
