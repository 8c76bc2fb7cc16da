"""Scores and feedback into an nbgrader course, through nbgrader's own API.

    gradebook.db                                 a score for each graded cell that holds exercises
    autograded/<student>/<assignment>/           the hand-in, where nbgrader has not been yet
    feedback/<student>/<assignment>/<notebook>.html   the student's page, for `release_feedback`

nbgrader reads its configuration out of the course's folder, as its own commands do.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from grader import files, harmless
from grader import report as reports
from grader.class_results import Row, Summary
from grader.classroom.exports.matching import Export, Unmatched, people, single
from grader.classroom.exports.nbgrader_cells import GradedCell, Holding, holdings
from grader.classroom.exports.scores import AS_THEY_ARE, Terms
from grader.errors import FaultError, UsageError
from grader.formats import wording
from grader.report import CheckStatus, Exercise, Report

# What `release_feedback` needs beside a page.
_STAMPS = ("timestamp.txt", "submission_secret.txt")
_SAME = 0.005
_SQLITE = "sqlite:///"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&])")


@dataclass
class _Course:
    """A course's folder, its gradebook and one assignment of it."""

    directory: Any
    book: Any
    assignment: str
    missing: type[Exception]

    def folder(self, step: str, student: str) -> Path:
        """Where a student's files of one step are."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, self.assignment))

    def knows(self, student: str) -> bool:
        """Whether the gradebook or the folder of what was handed in knows the student."""
        if not student or student != Path(student).name or student.startswith("."):
            return False
        if self.folder("submitted", student).is_dir():
            return True
        try:
            self.book.find_student(student)
        except self.missing:
            return False
        return True


@dataclass
class _Written:
    """What was done so far."""

    unmatched: list[Unmatched] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    count: int = 0


def write(
    summary: Summary, batch: Path, root: Path, assignment: str, terms: Terms = AS_THEY_ARE
) -> Export:
    """Put the scores of a batch into the course at `root`.

    Raises UsageError if nbgrader is not installed, or there is no such assignment in the course;
    FaultError if its files can't be written.
    """
    try:
        from nbgrader.api import Gradebook, MissingEntry
        from nbgrader.coursedir import CourseDirectory
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError:
        raise UsageError(
            "nbgrader is not installed beside the grader; its extra brings it:"
            " pip install 'custom-loss-grader[nbgrader]'"
        ) from None
    directory = CourseDirectory(config=_configured(root))
    try:
        # Gradebook would make a database where there is none.
        if directory.db_url.startswith(_SQLITE):
            _require(Path(directory.db_url.removeprefix(_SQLITE)))
        with closing(Gradebook(directory.db_url, directory.course_id)) as book:
            course = _Course(directory, book, assignment, MissingEntry)
            return _filled(summary, batch, course, terms)
    except (SQLAlchemyError, OSError) as error:
        told = harmless.one_line(str(error).partition("\n")[0], 160)
        raise FaultError(f"{root}: nbgrader's gradebook can't be used ({told})") from None


def _configured(root: Path) -> Any:
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not root.is_dir():
        raise UsageError(f"{root}: there is no such folder")
    config = Config()
    if (root / "nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = str(root.resolve())
    return config


def _require(path: Path) -> None:
    if not path.is_file():
        raise UsageError(
            f"{path}: there is no gradebook; run `nbgrader generate_assignment` in the course first"
        )


def _filled(summary: Summary, batch: Path, course: _Course, terms: Terms) -> Export:
    worth = {one.name: one.max_score for one in summary.exercises}
    held = holdings(course.assignment, _cells(course), worth, scale=terms.scale)
    written = _Written()
    claims: dict[str, list[tuple[str, Row]]] = {}
    for row in summary.submissions:
        for one in people(row):
            person = one.name
            own = (one.ids["nbgrader"],) if "nbgrader" in one.ids else one.keys
            known = [key for key in own if course.knows(key)]
            if row.score is None:
                written.unmatched.append(Unmatched(person, "has no score"))
            elif len(known) != 1:
                reason = "is more than one student" if known else "is not in the course"
                written.unmatched.append(Unmatched(person, reason))
            else:
                claims.setdefault(known[0], []).append((person, row))
    rows, several = single(claims)
    written.unmatched += several
    for student, row in sorted(rows.items()):
        _one(student, row, batch, course, held, terms, written)
    return Export(
        b"", written.count, tuple(written.unmatched), tuple(written.replaced),
        tuple(written.warnings),
    )  # fmt: skip


def _cells(course: _Course) -> Iterable[GradedCell]:
    try:
        found = course.book.find_assignment(course.assignment)
    except course.missing:
        names = ", ".join(one.name for one in course.book.assignments) or "none"
        raise UsageError(
            f"nbgrader's gradebook has no assignment {course.assignment!r} (there is: {names});"
            " run `nbgrader generate_assignment` first"
        ) from None
    for notebook in found.notebooks:
        sources = {cell.name: cell.source or "" for cell in notebook.source_cells}
        for cell in notebook.grade_cells:
            yield GradedCell(notebook.name, cell.name, cell.max_score, sources.get(cell.name, ""))


def _one(
    student: str,
    row: Row,
    batch: Path,
    course: _Course,
    held: tuple[Holding, ...],
    terms: Terms,
    written: _Written,
) -> None:
    """The score of one student into the gradebook, then the files."""
    report = _report(row, batch)
    if report is None:
        written.unmatched.append(Unmatched(student, "has no report in the batch's folder"))
        return
    by_name = {exercise.name: exercise for exercise in report.exercises}
    asked = {name for one in held for name in one.exercises}
    if report.score != row.score or not asked <= by_name.keys():
        reason = "has another report in the batch's folder than its summary tells of"
        written.unmatched.append(Unmatched(student, reason))
        return
    new = {
        one.cell: sum(by_name[name].score for name in one.exercises)
        * (one.cell.max_score / one.points if one.points else 1.0)
        for one in held
    }
    before = _graded(student, course, new)
    total = sum(new.values())
    if before is not None and not terms.replace:
        reason = f"has {before:g} there already, and {total:.2f} here; --replace writes it"
        written.unmatched.append(Unmatched(student, reason))
        return
    if before is not None:
        written.replaced.append(f"{student}: {before:g} -> {total:.2f}")
    submitted = course.folder("submitted", student)
    stamp = course.directory.get_existing_timestamp(str(submitted))
    book = course.book
    book.update_or_create_student(student)
    book.update_or_create_submission(
        course.assignment, student, **({} if stamp is None else {"timestamp": stamp})
    )
    for one in held:
        place = (one.cell.name, one.cell.notebook, course.assignment, student)
        grade = book.find_grade(*place)
        grade.auto_score, grade.manual_score = new[one.cell], None
        grade.needs_manual_grade = False
        try:
            comment = book.find_comment(*place)
        except course.missing:
            continue  # a cell of tests alone has none
        comment.auto_comment = _comment(by_name[name] for name in one.exercises)
    book.db.commit()
    written.count += 1
    _files(student, row, batch, course, {one.cell.notebook for one in held}, written)


def _graded(student: str, course: _Course, new: Mapping[GradedCell, float]) -> float | None:
    """The points that these cells have already, if they are others; None if none or the same."""
    found: list[float] = []
    same = True
    for cell, score in new.items():
        try:
            grade = course.book.find_grade(cell.name, cell.notebook, course.assignment, student)
        except course.missing:
            return None
        old = grade.auto_score if grade.manual_score is None else grade.manual_score
        if old is None or (grade.needs_manual_grade and not old):
            # nbgrader gives 0 to what it leaves for a person to grade.
            same = same and old is None
            continue
        found.append(old)
        same = same and abs(old - score) < _SAME
    return None if not found or same else sum(found)


def _comment(exercises: Iterable[Exercise]) -> str:
    """What was found, as Markdown in which nothing of it is markup."""
    lines = []
    for exercise in exercises:
        told = [exercise.message, exercise.diagnosis.text if exercise.diagnosis else ""]
        told += [
            f"{check.title}: {check.message}"
            for check in exercise.checks
            if check.message and check.status not in {CheckStatus.PASSED, CheckStatus.SKIPPED}
        ]
        points = f"{wording.points(exercise.score)} of {wording.points(exercise.max_score)}"
        head = f"**{_MARKDOWN.sub(_ESCAPED, exercise.name)}: {points}**"
        texts = list(dict.fromkeys(harmless.one_line(text, 400) for text in told if text))
        lines.append("\n".join([head, "", *(f"- {_MARKDOWN.sub(_ESCAPED, t)}" for t in texts)]))
    return "\n\n".join(lines)


_ESCAPED = r"\\\1"


def _report(row: Row, batch: Path) -> Report | None:
    data = _bytes(row.report, "reports", batch)
    if data is None:
        return None
    try:
        report = reports.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    whole = report.schema_version == reports.SCHEMA_VERSION and report.student == row.student
    return report if whole else None


def _bytes(path: str, kind: str, batch: Path) -> bytes | None:
    name = Path(path).name
    # A summary that somebody changed must not hand out files of other folders.
    if not path or path != f"{kind}/{name}":
        return None
    try:
        return (batch / kind / name).read_bytes()
    except OSError:
        return None


def _files(
    student: str, row: Row, batch: Path, course: _Course, notebooks: set[str], written: _Written
) -> None:
    """The hand-in where nbgrader looks for it when it was graded, and the student's page."""
    submitted, graded = course.folder("submitted", student), course.folder("autograded", student)
    feedback = course.folder("feedback", student)
    try:
        if submitted.is_dir() and not graded.exists():
            shutil.copytree(submitted, graded, symlinks=True)
        page = _bytes(row.feedback, "feedback", batch)
        if page is None:
            written.warnings.append(f"{student} has no feedback page")
            return
        feedback.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(notebooks):
            files.write(feedback / f"{notebook}.html", page)
        for name in _STAMPS:
            if (submitted / name).is_file():
                shutil.copyfile(submitted / name, feedback / name)
        if not all((feedback / name).is_file() for name in _STAMPS):
            written.warnings.append(
                f"{student} did not hand in through nbgrader's exchange, so `nbgrader"
                " release_feedback` has nowhere to put the page"
            )
    except OSError as error:
        raise FaultError(f"{error.filename}: can't be written ({error.strerror})") from None
