"""The reports there are: which of them still hold, and where new ones go.

    place          what is there                             who writes there
    DIR            the reports that count                    a batch, unless it only looks
    DIR/.regrade   what `--diff` graded, to be looked at     `--diff`; the next batch takes it over

A report holds if grading again could not give another one: the same bytes, rubric, grader and
environment, and the same words about the hand-in where a feedback page repeats them. What
`--diff` graded comes before what counts, so that the batch after it writes what it showed, and
grades nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from grader import report as reports
from grader.class_results import Change
from grader.classroom.batch import changes
from grader.classroom.batch.folder import Folder
from grader.classroom.batch.pool_task import Page
from grader.classroom.intake import candidates
from grader.classroom.intake.candidates import Material
from grader.errors import FaultError
from grader.report import Environment, Report, Status, SubmissionFile, Timing


@dataclass(frozen=True)
class Options:
    """What was asked for.

    fresh: use no earlier report again. dry_run: grade, and keep none of it.
    diff: grade, and write beside the reports that count; the next batch takes it over.
    feedback: a hand-in is complete only with its feedback page. max_score: the points that there
    are, for a hand-in of which nothing could be graded.
    """

    fresh: bool = False
    dry_run: bool = False
    diff: bool = False
    feedback: bool = True
    max_score: float = 100.0

    @property
    def only_looks(self) -> bool:
        """Whether the reports that count stay as they are."""
        return self.dry_run or self.diff


@dataclass
class Ledger:
    """Finds and keeps the reports of one batch.

    changes: against the reports that count. arrived: of whom there was no report. unread: of whom
    there is one that can't be read.
    not_graded: the students without a score.
    """

    folder: Folder
    environment: Environment
    options: Options
    changes: list[Change] = field(default_factory=list)
    arrived: list[Change] = field(default_factory=list)
    unread: list[Change] = field(default_factory=list)
    not_graded: list[str] = field(default_factory=list)
    _hashes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make room beside the reports that count, if that is where new ones go."""
        if self.options.diff and not self.options.dry_run:
            try:
                self.folder.beside().prepare()
            except OSError as error:
                where = self.folder.beside().path
                raise FaultError(f"{where}: can't be made ({error.strerror})") from None

    def again(self, student: str, read: Material) -> Report | None:
        """A report that still holds, now where it belongs; None if there is none."""
        if self.options.fresh:
            return None
        for place in (self.folder.beside(), self.folder):
            found = place.report(student)
            if found is None or not self._holds(found, read, place):
                continue
            report = candidates.dressed(found, read)
            if report != found and self.options.feedback:
                # Its page has the old words, and only grading makes one.
                continue
            if place is self.folder:
                if report != found and not self.options.only_looks:
                    place.write(report)
            else:
                self._take_over(report, place)
            return report
        return None

    def failed(self, student: str) -> bool:
        """Whether an earlier batch could not grade the student's work."""
        if self.options.fresh:
            return False
        place = self.folder.beside() if self.options.diff else self.folder
        found = place.report(student)
        return found is not None and found.status is Status.NOT_GRADED

    def keep(self, page: Page) -> None:
        """A new report, with its page. Raises FaultError if it can't be written."""
        self._compare(page.report)
        if page.report.status is Status.NOT_GRADED:
            self.not_graded.append(page.report.student or "")
        if self.options.dry_run:
            return
        place = self.folder.beside() if self.options.diff else self.folder
        place.write(page.report, page.feedback, page.observed)

    def finish(self) -> None:
        """Everybody has a report: what is left of an earlier `--diff` is about nobody."""
        if not self.options.only_looks:
            self.folder.drop_beside()

    def departed(self) -> list[Change]:
        """Those of whom there is a report, and no hand-in."""
        return [
            changes.departed(report, self._hashes.get(report.submission.sha256, ""))
            for report in self.folder.of_strangers()
        ]

    def without_score(self, student: str, read: Material, reason: str) -> Report:
        """The report of somebody whose work could not be graded, through no fault of theirs."""
        first = read.candidates[0]
        report = Report(
            schema_version=reports.SCHEMA_VERSION,
            status=Status.NOT_GRADED,
            student=student,
            submission=SubmissionFile(first.file, first.sha256),
            score=None,
            max_score=self.options.max_score,
            message=reason,
            exercises=(),
            notes=(),
            environment=self.environment,
            timing=Timing(0.0, 0.0),
        )
        return candidates.dressed(report, Material((first,), notes=read.notes))

    def _holds(self, old: Report, read: Material, place: Folder) -> bool:
        return (
            not read.unavailable
            and old.status is not Status.NOT_GRADED
            and old.environment == self.environment
            and candidates.chosen(old, read)
            and (not read.unreadable or read.unreadable == old.message)
            and (not self.options.feedback or place.has_feedback(old.student or ""))
        )

    def _take_over(self, report: Report, place: Folder) -> None:
        self._compare(report)
        if not self.options.only_looks:
            student = report.student or ""
            self.folder.write(report, place.feedback(student), place.observed(student))

    def _compare(self, report: Report) -> None:
        student = report.student or ""
        old = self.folder.report(student)
        if old is None and self.folder.is_damaged(student):
            self.unread.append(changes.unread(report))
            return
        if old is None:
            self.arrived.append(changes.arrived(report))
            self._hashes[report.submission.sha256] = student
            return
        change = changes.between(old, report)
        if change is not None:
            self.changes.append(change)
