"""One student's files in one folder, as a service that runs autograders leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.classroom.batch.pool_task import Dress, Grader, Page, best
from grader.classroom.intake import candidates
from grader.classroom.intake.files.places import Folder
from grader.classroom.intake.handed import Handin
from grader.errors import FaultError, UsageError
from grader.report import Environment, Report, Status
from grader.submission import Submission


@dataclass(frozen=True)
class OneExercise:
    """A grader whose reports are about one exercise alone, for services that ask part by part."""

    whole: Grader
    name: str

    def environment(self) -> Environment:
        """As the whole."""
        return self.whole.environment()

    def defined(self, submission: Submission) -> int:
        """As the whole."""
        return self.whole.defined(submission)

    def grade(self, submission: Submission, dress: Dress) -> Page:
        """The submission, graded, and all but the one exercise left out."""
        return self.whole.grade(submission, lambda report: _only(dress(report), self.name))

    def close(self) -> None:
        """As the whole."""
        self.whole.close()


def grade_folder(folder: Path, grader: Grader, skip: Path | None = None) -> Page:
    """Grade what was handed in: of several notebooks the one that defines most of the names.

    Zips are looked into. A folder without a notebook is graded, with the reason. skip: a folder in
    it that is none of the student's.
    Raises FaultError if something in it could not be read, through no doing of the student.
    """
    with Folder(folder, skip) as place:
        files = tuple(file for file in place.listing().files if not file.is_folder)
        found = candidates.of(Handin(student="", files=files))
        if found.unavailable:
            raise FaultError(found.unavailable)
        page = best(grader, found)
    report = msgspec.structs.replace(page.report, student=None)
    return Page(report, page.feedback, page.trouble, page.observed)


def narrowed(grader: Grader, parts: Path | None, asked: str) -> Grader:
    """The grader for the exercise that a service asks for by an id of its own, or for the whole.

    parts: the file that says which id is which exercise. Raises UsageError if there are parts, and
    this is none of them.
    """
    known: dict[str, str] = {}
    if parts is not None:
        known = msgspec.json.decode(parts.read_bytes(), type=dict[str, str])
    if not known:
        return grader
    if asked not in known:
        raise UsageError(f"part {asked!r} is none of those that were exported ({', '.join(known)})")
    return OneExercise(grader, known[asked])


def _only(report: Report, name: str) -> Report:
    kept = tuple(one for one in report.exercises if one.name == name)
    if not kept or report.score is None:
        return report
    score, most = sum(one.score for one in kept), sum(one.max_score for one in kept)
    # What a graded report says of itself counts all of the exercises.
    message = "" if report.status is Status.GRADED else report.message
    return msgspec.structs.replace(
        report, exercises=kept, score=score, max_score=most, message=message
    )
