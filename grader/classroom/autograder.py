"""One student's files in one folder, as a service that runs autograders leaves them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.classroom.batch.pool_task import Grader, best
from grader.classroom.intake import candidates
from grader.classroom.intake.files.places import Folder
from grader.classroom.intake.handed import Handin
from grader.errors import FaultError
from grader.report import Report


def grade_folder(folder: Path, grader: Grader) -> Report:
    """Grade what was handed in: of several notebooks the one that defines most of the names.

    Zips are looked into. A folder without a notebook is graded, with the reason.
    Raises FaultError if something in it could not be read, through no doing of the student.
    """
    with Folder(folder) as place:
        files = tuple(file for file in place.listing().files if not file.is_folder)
        found = candidates.of(Handin(student="", files=files))
        if found.unavailable:
            raise FaultError(found.unavailable)
        report = best(grader, found).report
    return msgspec.structs.replace(report, student=None)
