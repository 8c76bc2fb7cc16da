"""`export canvas`, `export moodle` and `export nbgrader`: a batch's scores, back to the class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.app import export_app

if TYPE_CHECKING:
    from grader.classroom.exports.matching import Export

FolderArgument = Annotated[Path, typer.Argument(help="The folder of a finished batch.")]
ScaleOption = Annotated[
    bool, typer.Option("--scale", help="Convert to the points that the table has.")
]


@export_app.command()
def canvas(
    folder: FolderArgument,
    *,
    gradebook: Annotated[Path, typer.Option(help="The gradebook, as Canvas exported it (CSV).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to import.")] = Path(
        "canvas.csv"
    ),
    assignment: Annotated[
        str | None, typer.Option(help="The assignment's heading, title or id in Canvas.")
    ] = None,
    scale: ScaleOption = False,
) -> None:
    """Fill an assignment's column of a Canvas gradebook."""
    from grader.classroom.exports import canvas as exporter
    from grader.classroom.exports import matching

    _ready(gradebook, output)
    summary, table = matching.summary_of(folder), matching.read_table(gradebook)
    _write(output, exporter.gradebook(summary, table, assignment, scale=scale))


@export_app.command()
def moodle(
    folder: FolderArgument,
    *,
    worksheet: Annotated[
        Path, typer.Option(help="The grading worksheet, as Moodle made it (CSV).")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to upload.")] = Path(
        "moodle.csv"
    ),
    feedback: Annotated[
        Path | None, typer.Option(help="Also write the feedback pages into this zip.")
    ] = None,
    grade_column: Annotated[
        str, typer.Option(help="The heading of the grades, if the site speaks another language.")
    ] = "Grade",
    scale: ScaleOption = False,
) -> None:
    """Fill a grading worksheet of Moodle, and pack feedback pages for upload."""
    from grader.classroom.exports import matching
    from grader.classroom.exports import moodle as exporter

    _ready(worksheet, output, *([] if feedback is None else [feedback]))
    summary, table = matching.summary_of(folder), matching.read_table(worksheet)
    _write(output, exporter.worksheet(summary, table, grade_column, scale=scale))
    if feedback is not None:
        _write(feedback, exporter.feedback_zip(summary, folder), "feedback page")


@export_app.command()
def nbgrader(
    folder: FolderArgument,
    *,
    assignment: Annotated[str, typer.Option(help="The assignment's name in nbgrader.")],
    students: Annotated[
        Path | None,
        typer.Option(help="The list of students (CSV with the column `id`), to match with."),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "nbgrader.csv"
    ),
) -> None:
    """Write the scores as `nbgrader export` does."""
    from grader.classroom.exports import matching
    from grader.classroom.exports import nbgrader as exporter

    _ready(students, output)
    summary = matching.summary_of(folder)
    table = matching.read_table(students) if students is not None else None
    _write(output, exporter.grades(summary, assignment, table))


def _ready(source: Path | None, *targets: Path) -> None:
    """Refuse, before anything is written, what can't be written or would overwrite its source."""
    from grader.formats import files

    files.ensure_distinct(*([] if source is None else [source]), *targets)
    for target in targets:
        files.ensure_writable(target)


def _write(path: Path, export: Export, what: str = "score") -> None:
    from grader.cli.output import say
    from grader.formats import files, harmless, wording

    files.write(path, export.data)
    say(f"{path} is written: {wording.counted(export.count, what)}\n")
    if export.unmatched:
        say(f"not in it, {len(export.unmatched)}:\n", to_stderr=True)
        for one in export.unmatched:
            say(f"  {harmless.one_line(one.student, 60)} {one.reason}\n", to_stderr=True)
