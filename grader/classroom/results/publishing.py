"""What a finished batch leaves for the instructor: the table, the summary and the class page."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from grader import class_results, files
from grader.class_results import Run, Summary, Taken
from grader.classroom.batch.folder import CHANGES, RESULTS, WORKBOOK, Folder
from grader.classroom.batch.runner import Outcome
from grader.classroom.intake.claims import is_notebook_name
from grader.classroom.intake.handed import Intake
from grader.classroom.results.gradebook import Tally, grades_csv, grades_workbook
from grader.errors import FaultError
from grader.formats import class_tables, wording
from grader.formats.class_page import csv_tables as class_csv
from grader.formats.class_page import page as class_page
from grader.formats.class_tables import Regrade
from grader.kit.assignment import Assignment

# So many files that are left out are named where nothing is published.
_SHOWN = 20


def publish(
    folder: Folder,
    intake: Intake,
    outcome: Outcome,
    assignment: Assignment,
    *,
    for_excel: bool = False,
) -> Summary:
    """Write `grades.csv`, `summary.json` and `class.html` out of the reports in the folder.

    for_excel: also `grades.xlsx`.
    Raises FaultError if a report that should be there is not, or the disk is full.
    """
    folder.drop_misnamed()
    tally = Tally(assignment)
    pages, evidence = folder.stems("feedback"), folder.stems("evidence")
    for handin in intake.handins:
        report = folder.report(handin.student)
        if report is None:
            path = folder.report_path(handin.student)
            raise FaultError(f"{path}: the report is gone or damaged; run the same command again")
        name = folder.names.by_student[handin.student]
        feedback = f"feedback/{name}.html" if name in pages else ""
        observed = folder.observed(handin.student) if name in evidence else None
        if observed is not None and observed.sha256 != report.submission.sha256:
            observed = None
        paths = (f"reports/{name}.json", feedback)
        tally.add(report, handin, paths, observed, f"evidence/{name}.json")
    summary = tally.summary(
        layout=intake.layout,
        environment=outcome.environment,
        left=intake.left,
        others=folder.strangers(),
        run=Run(outcome.graded, outcome.reused),
    )
    summary = msgspec.structs.replace(
        summary, taken=_taken(intake), notices=intake.notices, absent=intake.absent
    )
    page = class_page.page(summary).encode("utf-8", "replace")
    for name, data in class_csv.tables(summary).items():
        files.write(folder.path / "tables" / f"{name}.csv", data)
    if for_excel:
        files.write(folder.path / WORKBOOK, grades_workbook(summary.submissions, assignment.names))
    made = (grades_csv(summary.submissions, assignment.names), class_results.encode(summary), page)
    for name, data in zip(RESULTS, made, strict=True):
        files.write(folder.path / name, data)
    return summary


def reading(intake: Intake) -> list[str]:
    """How a class was read, for where nothing is published: what is left out, and the counts."""
    left = [f"left out: {one.file}: {one.reason}" for one in intake.left[:_SHOWN]]
    more = len(intake.left) - len(left)
    left += [f"left out: {more} more"] if more else []
    return [*left, wording.read_as(intake.layout, len(intake.handins), _taken(intake))]


def _taken(intake: Intake) -> Taken:
    left = sum(is_notebook_name(one.file) for one in intake.left)
    return Taken(intake.notebooks, len(intake.left), left)


def regrade(intake: Intake, outcome: Outcome, *, written: bool) -> Regrade:
    """What the batch changed, or would change, with the names of people."""
    names = {one.student: one.name for one in intake.handins}
    changed, arrived, departed = (
        tuple(replace(one, name=names.get(one.student, "")) for one in group)
        for group in (outcome.changes, outcome.arrived, outcome.departed)
    )
    return Regrade(
        changed, arrived, departed, outcome.total, written, outcome.is_first, outcome.unread
    )


def write_changes(folder: Folder, found: Regrade) -> None:
    """Write `changes.csv`, if there is a folder. Raises FaultError if that can't be done."""
    if folder.path.is_dir():
        files.write(folder.path / CHANGES, class_tables.changes_csv(found))
