"""The folder that a batch fills: one report and one feedback page per hand-in, and their names.

The reports are all the state there is. A file is there whole or not at all, so a batch may be
killed at any moment; the next one finds what is done by reading it.
"""

from __future__ import annotations

import fcntl
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader import files, harmless
from grader import observed as observations
from grader import report as reports
from grader.classroom.batch.file_names import Names
from grader.errors import FaultError, UsageError
from grader.formats.class_page import csv_tables as class_csv
from grader.kit.assignment import Assignment
from grader.observed import Observed
from grader.report import Report

_MAX_REPORT = 64 * 2**20
_LOCK = ".lock"
_BESIDE = ".regrade"
# What is made of all reports together, once there is one of everybody.
RESULTS = ("grades.csv", "summary.json", "class.html")
# One more, for whoever asked for it.
WORKBOOK = "grades.xlsx"
# The other tables of the class page.
TABLES = tuple(f"tables/{name}.csv" for name in class_csv.NAMES)
# What the last regrade changed, or would change.
CHANGES = "changes.csv"
# The folders, and what their files end in.
_KINDS = {"reports": ".json", "feedback": ".html", "evidence": ".json", "tables": ".csv"}
# What systems leave in folders that people take for empty.
_NOBODYS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore"})


@dataclass(frozen=True)
class Folder:
    """The folder of one batch."""

    path: Path
    names: Names

    def report_path(self, student: str) -> Path:
        """Where the student's report is, or will be."""
        return self.path / "reports" / f"{self.names.by_student[student]}.json"

    def feedback_path(self, student: str) -> Path:
        """Where the student's feedback page is, or will be."""
        return self.path / "feedback" / f"{self.names.by_student[student]}.html"

    def evidence_path(self, student: str) -> Path:
        """Where is, or will be, what instructors alone may read of the student's work."""
        return self.path / "evidence" / f"{self.names.by_student[student]}.json"

    def report(self, student: str) -> Report | None:
        """The student's report, if there is a whole and valid one."""
        # One of ten thousand is read by its name alone: a `Path` takes as long as the reading.
        found = _read(f"{self.path}/reports/{self.names.by_student[student]}.json")
        return found if found is not None and found.student == student else None

    def feedback(self, student: str) -> str:
        """The text of the feedback page; empty if there is none."""
        try:
            return self.feedback_path(student).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeError) as error:
            raise FaultError(f"{self.feedback_path(student)}: can't be read ({error})") from None

    def observed(self, student: str) -> Observed | None:
        """What was observed of the student's work, if it is known."""
        try:
            found = observations.decode(self.evidence_path(student).read_bytes())
        except (OSError, msgspec.MsgspecError, UnicodeError):
            return None
        return found if found.student == student else None

    def is_damaged(self, student: str) -> bool:
        """Whether there is a report of the student's that can't be read.

        Another version of the grader may have written it.
        """
        path = self.report_path(student)
        return path.is_file() and _read(str(path)) is None

    def ensure_of(self, assignment: Assignment) -> None:
        """Raise UsageError if the reports here are of another assignment, with other exercises."""
        every = (
            _read(f"{self.path}/reports/{name}.json") for name in sorted(self.stems("reports"))
        )
        found = next((one for one in every if one is not None), None)
        if found is None or found.assignment is None or found.assignment.name == assignment.name:
            return
        if {one.name for one in found.exercises}.isdisjoint(assignment.names):
            theirs = harmless.one_line(found.assignment.name, 60)
            raise UsageError(
                f"{self.path}: holds the reports of another assignment, {theirs}; name a folder of"
                f" its own for {assignment.name}"
            )

    def has_feedback(self, student: str) -> bool:
        """Whether there is a feedback page."""
        return self.feedback_path(student).is_file()

    def stems(self, kind: str) -> frozenset[str]:
        """The names, as in `names`, of whom there is a file of this kind, such as "feedback"."""
        suffix = _KINDS[kind]
        try:
            with os.scandir(self.path / kind) as found:
                every = [each.name for each in found if each.is_file()]
        except OSError:
            return frozenset()
        return frozenset(name.removesuffix(suffix) for name in every if name.endswith(suffix))

    def write(
        self, report: Report, feedback: str | None = None, observed: Observed | None = None
    ) -> None:
        """Write the report, after its feedback page: a report that is there is complete.

        What was made of all reports goes first: it would tell of another one.

        feedback: empty if there is no page, so that an old one goes, which would tell of
        another report; None leaves a page as it is.
        Raises FaultError if the disk is full or the folder can't be written.
        """
        for name in (*RESULTS, WORKBOOK, *TABLES):
            with suppress(OSError):
                (self.path / name).unlink()
        student = report.student or ""
        if feedback:
            files.write(self.feedback_path(student), feedback.encode("utf-8", "replace"))
        elif feedback is not None:
            with suppress(OSError):
                self.feedback_path(student).unlink()
        if observed is not None:
            files.write(self.evidence_path(student), observations.encode(observed))
        elif feedback is not None:
            with suppress(OSError):
                self.evidence_path(student).unlink()
        files.write(self.report_path(student), reports.encode(report))

    def prepare(self) -> None:
        """Make what is not there yet. Raises OSError."""
        for kind in _KINDS:
            (self.path / kind).mkdir(parents=True, exist_ok=True)

    def beside(self) -> Folder:
        """Where reports wait that may replace these; it need not be there yet."""
        return Folder(self.path / _BESIDE, self.names)

    def drop_beside(self) -> None:
        """Throw away what waits."""
        shutil.rmtree(self.path / _BESIDE, ignore_errors=True)

    def strangers(self) -> tuple[str, ...]:
        """The names of reports that belong to no hand-in of this batch."""
        return tuple(sorted(self.stems("reports").difference(self.names.by_student.values())))

    def of_strangers(self) -> Iterator[Report]:
        """The reports of those who are not in this batch."""
        for name in self.strangers():
            found = _read(f"{self.path}/reports/{name}.json")
            if found is not None and found.student not in self.names.by_student:
                yield found

    def drop_misnamed(self) -> None:
        """Drop what students of this batch have under file names that are no more theirs."""
        for name in self.strangers():
            found = _read(f"{self.path}/reports/{name}.json")
            if found is not None and found.student in self.names.by_student:
                for kind in ("feedback", "evidence", "reports"):
                    path = f"{kind}/{name}{_KINDS[kind]}"
                    with suppress(OSError):
                        (self.path / path).unlink()


def ensure_not_own(folder: Path, *paths: Path) -> None:
    """Raise UsageError if the batch in this folder has, or will have, a file of its own there."""
    inside = Path(os.path.realpath(folder))
    for path in paths:
        real = Path(os.path.realpath(path))
        if real.is_relative_to(inside) and real != inside:
            first = real.relative_to(inside).parts[0]
            if first in {_LOCK, _BESIDE, *RESULTS, WORKBOOK, CHANGES, *_KINDS}:
                raise UsageError(
                    f"{path}: is a file of the batch in {folder}; write to another place"
                )


@contextmanager
def opened(path: Path, students: Iterable[str], *, writable: bool = True) -> Iterator[Folder]:
    """The folder at `path`, made if need be, and nobody else's while inside the `with`.

    writable: if false, nothing is made, changed or locked.
    Raises UsageError if it is full of other things, can't be written, or another batch is writing
    there.
    """
    _ensure_of_a_batch(path)
    folder = Folder(path, Names.of(students))
    if not writable:
        yield folder
        return
    try:
        folder.prepare()
        descriptor = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror})") from None
    try:
        _lock(descriptor, path)
        files.ensure_writable(path / "reports" / "x.json")
        _sweep(path)
        yield folder
        _settle(path)
    finally:
        os.close(descriptor)


def _read(path: str) -> Report | None:
    """The report in the file, if it is a whole and valid one."""
    try:
        with io.FileIO(path) as file:
            if os.fstat(file.fileno()).st_size > _MAX_REPORT:
                return None
            found = reports.decode(file.readall())
    except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return found if found.schema_version == reports.SCHEMA_VERSION else None


def _ensure_of_a_batch(path: Path) -> None:
    """Raise UsageError, before anything is touched, if the folder holds what no batch made.

    Files of a batch's names would be replaced there, and half-written ones swept away.
    """
    try:
        if (path / _LOCK).is_file() and (path / "reports").is_dir():
            return
        strange = [each.name for each in path.iterdir() if not _may_be_of_a_batch(each)]
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror})") from None
    if strange:
        example = harmless.one_line(min(strange), 60)
        raise UsageError(
            f"{path}: is no folder of a batch: it holds other things, such as {example!r}; name a"
            " new or an empty folder"
        )


def _may_be_of_a_batch(path: Path) -> bool:
    """Whether something without the lock beside it, as in a copy, is what a batch makes."""
    if path.name in _KINDS:
        suffix = _KINDS[path.name]
        return path.is_dir() and all(
            each.name.startswith(".") or each.suffix == suffix for each in path.iterdir()
        )
    return path.name in {_LOCK, _BESIDE, *RESULTS, WORKBOOK, CHANGES, *_NOBODYS}


def _lock(descriptor: int, path: Path) -> None:
    # The kernel lets go of it when the process ends, however it ends.
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"{path}: another batch is writing there") from None
    except OSError as error:
        raise FaultError(f"{path}: can't be locked ({error.strerror})") from None


def _sweep(path: Path) -> None:
    # What a batch that was killed had half written.
    every = [above / kind for above in (path, path / _BESIDE) for kind in _KINDS]
    for place in (path, *every):
        for part in place.glob(".*.part"):
            with suppress(OSError):
                part.unlink()


def _settle(path: Path) -> None:
    # A rename is safe from a loss of power only when its folder is on the disk.
    for folder in (*(path / kind for kind in reversed(_KINDS)), path):
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
