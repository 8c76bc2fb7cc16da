"""The grader of a real batch: a sandbox that stays warm, and the judge in front of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import metadata

# Its names are taken where they are used: the judge is loaded while the worker starts.
from grader import judging
from grader.assignments import loading
from grader.classroom.batch.pool_task import Dress, Page
from grader.kit.assignment import Assignment
from grader.observed import Observed
from grader.report import Environment
from grader.sandbox import Sandbox, Tier, start
from grader.submission import Submission
from grader.worker import wire


@dataclass(frozen=True)
class Walled:
    """Makes graders behind the wall.

    assignment: by what it is loaded there. tier: the isolation; None is the strongest that works
    there. feedback: whether to make feedback pages too.
    """

    assignment: str
    tier: Tier | None = None
    feedback: bool = True

    def __call__(self) -> WalledGrader:
        """A grader with a sandbox of its own. Raises GraderError if there can't be one."""
        sandbox = start(self.tier)
        return WalledGrader(sandbox, loading.load(self.assignment), feedback=self.feedback)


@dataclass(frozen=True)
class WalledGrader:
    """Grades behind the wall."""

    sandbox: Sandbox
    assignment: Assignment
    feedback: bool

    def environment(self) -> Environment:
        """What its reports say about the grader and its surroundings."""
        versions = self.sandbox.versions
        return Environment(
            grader=judging.grader_version(),
            rubric=judging.rubric_hash(self.assignment),
            python=versions.python,
            tensorflow=versions.tensorflow,
            keras=versions.keras,
            isolation=self.sandbox.tier.value,
            code=judging.code_hash(),
            numpy=metadata.version("numpy"),
        )

    def defined(self, submission: Submission) -> int:
        """How many of the names it defines, as the wall's inside reads it; -1: no notebook."""
        if submission.data is None:
            return -1
        names = self.assignment.names
        with self.sandbox.open() as child:
            contents = judging.opened(child, submission.data, names)
        if not isinstance(contents, wire.Contents):
            return -1
        # The answer is foreign data: it may name a thing twice, or what was never asked for.
        found = {finding.name for finding in contents.findings if finding.state == "found"}
        return len(found.intersection(names))

    def grade(self, submission: Submission, dress: Dress) -> Page:
        """The submission, graded; the page says what the report says of the hand-in.

        Raises FaultError if it could not be graded.
        """
        graded = judging.grade(submission, self.sandbox, self.assignment, show_cells=self.feedback)
        graded = replace(graded, report=dress(graded.report))
        report = graded.report
        observed = Observed(report.student, report.submission.sha256, dict(graded.observed))
        if not self.feedback:
            return Page(report, observed=observed)
        # Loaded here, in the processes that need it: it brings plots and nbconvert.
        from grader.formats.feedback import page as feedback

        try:
            return Page(report, feedback.page(graded), observed=observed)
        except Exception as error:  # noqa: BLE001 -- a page that fails must not cost the grade
            trouble = f"no feedback page ({type(error).__name__}: {error})"
            return Page(report, trouble=trouble, observed=observed)

    def close(self) -> None:
        """End the sandbox."""
        self.sandbox.close()
