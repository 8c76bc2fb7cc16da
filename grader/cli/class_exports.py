"""`export canvas`, `moodle`, `blackboard`, `brightspace`, `nbgrader`: scores, back to a class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.app import example, export_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.class_results import Summary
    from grader.classroom.exports.matching import Export
    from grader.classroom.exports.scores import Terms
    from grader.classroom.spreadsheets import Table

    Fill = Callable[[Summary, Table, str | None, Terms], Export]

NOTHING = 1

FolderArgument = Annotated[Path, typer.Argument(help="The folder of a finished batch.")]
ScaleOption = Annotated[
    bool, typer.Option("--scale", help="Convert to the points that the table has.")
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Also where the table has another grade already.")
]
ColumnOption = Annotated[
    str | None, typer.Option(help="The assignment's column: its heading, title or id.")
]


@export_app.command(
    epilog=example("grader export canvas results --gradebook gradebook.csv -o canvas.csv")
)
def canvas(
    folder: FolderArgument,
    *,
    gradebook: Annotated[Path, typer.Option(help="The gradebook, as Canvas exported it (CSV).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to import.")] = Path(
        "canvas.csv"
    ),
    column: ColumnOption = None,
    scale: ScaleOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Fill an assignment's column of a Canvas gradebook."""
    from grader.classroom.exports import canvas as exporter

    _table(exporter.gradebook, folder, gradebook, output, column, scale=scale, replace=replace)


@export_app.command(
    epilog=example("grader export moodle results --worksheet worksheet.csv --feedback feedback.zip")
)
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
    column: Annotated[
        str | None,
        typer.Option(help="The heading of the grades, where the worksheet alone does not tell."),
    ] = None,
    scale: ScaleOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Fill a grading worksheet of Moodle, in any language, and pack feedback pages for upload."""
    from grader.classroom.exports import matching
    from grader.classroom.exports import moodle as exporter

    more = [] if feedback is None else [feedback]
    _ready(folder, worksheet, output, *more)
    pages = None
    if feedback is not None:
        pages = exporter.feedback_zip(matching.summary_of(folder), folder)
    _table(
        exporter.worksheet,
        folder,
        worksheet,
        output,
        column,
        scale=scale,
        replace=replace,
        last=pages is None,
    )
    if feedback is not None and pages is not None:
        _write(feedback, pages, "feedback page")


@export_app.command(
    epilog=example("grader export blackboard results --gradebook gc_course.csv --column HW1")
)
def blackboard(
    folder: FolderArgument,
    *,
    gradebook: Annotated[Path, typer.Option(help='The file of "Work Offline" (CSV or tabs).')],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to upload.")] = Path(
        "blackboard.csv"
    ),
    column: ColumnOption = None,
    scale: ScaleOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Fill a column of a grade file of Blackboard."""
    from grader.classroom.exports import blackboard as exporter

    _table(exporter.gradebook, folder, gradebook, output, column, scale=scale, replace=replace)


@export_app.command(
    epilog=example("grader export brightspace results --gradebook grades.csv --column HW1")
)
def brightspace(
    folder: FolderArgument,
    *,
    gradebook: Annotated[Path, typer.Option(help="The grade export of Brightspace (CSV).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to import.")] = Path(
        "brightspace.csv"
    ),
    column: ColumnOption = None,
    scale: ScaleOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Fill a column of a grade export of Brightspace (D2L)."""
    from grader.classroom.exports import brightspace as exporter

    _table(exporter.gradebook, folder, gradebook, output, column, scale=scale, replace=replace)


@export_app.command(
    epilog=example("grader export nbgrader results --nbgrader-assignment losses --course my_course")
)
def nbgrader(
    folder: FolderArgument,
    *,
    name: Annotated[
        str, typer.Option("--nbgrader-assignment", help="The assignment's name in nbgrader.")
    ],
    course: Annotated[
        Path | None,
        typer.Option(help="The course's folder: fill its gradebook.db and its folder feedback."),
    ] = None,
    students: Annotated[
        Path | None,
        typer.Option(help="The list of students (CSV with the column `id`), to match with."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file to write.", show_default="nbgrader.csv"),
    ] = None,
    scale: ScaleOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Put scores and feedback into an nbgrader course, or write what `nbgrader export` does."""
    from grader.classroom import spreadsheets
    from grader.classroom.exports import matching, nbgrader_course
    from grader.classroom.exports import nbgrader as exporter
    from grader.classroom.exports.scores import Terms
    from grader.errors import UsageError

    summary = matching.summary_of(folder)
    if course is not None:
        if students is not None or output is not None:
            raise UsageError("with --course the scores go into the course, and into no file")
        terms = Terms(scale=scale, replace=replace)
        export = nbgrader_course.write(summary, folder, course, name, terms)
        _tell(export, f"{course}: {name} is graded" if export.count else "")
        return
    if scale or replace:
        raise UsageError("--scale and --replace go with --course")
    output = output or Path("nbgrader.csv")
    _ready(folder, students, output)
    table = spreadsheets.read_table(students) if students is not None else None
    _write(output, exporter.grades(summary, name, table))


def _table(
    fill: Fill,
    folder: Path,
    source: Path,
    target: Path,
    column: str | None,
    *,
    scale: bool,
    replace: bool,
    last: bool = True,
) -> None:
    """Fill a column of another system's table."""
    from grader.classroom import spreadsheets
    from grader.classroom.exports import matching
    from grader.classroom.exports.scores import Terms

    _ready(folder, source, target)
    summary, table = matching.summary_of(folder), spreadsheets.read_table(source)
    _write(target, fill(summary, table, column, Terms(scale=scale, replace=replace)), last=last)


def _ready(folder: Path, source: Path | None, *targets: Path) -> None:
    """Refuse, before anything is written, what can't be written or would overwrite its source."""
    from grader import files
    from grader.classroom.batch import folder as batches

    files.ensure_distinct(*([] if source is None else [source]), *targets)
    batches.ensure_not_own(folder, *targets)
    for target in targets:
        files.ensure_writable(target)


def _write(path: Path, export: Export, what: str = "score", *, last: bool = True) -> None:
    """Write what there is; a file with nothing in it would only be mistaken for one."""
    from grader import files

    if export.count:
        files.write(path, export.data)
    _tell(export, f"{path} is written" if export.count else "", what, last=last)


def _tell(export: Export, done: str, what: str = "score", *, last: bool = True) -> None:
    """Say what was done, and who is not in it. Exits with 1 if nothing was, and nothing follows."""
    from grader import harmless
    from grader.cli.output import say
    from grader.formats import wording

    for line in export.warnings:
        say(f"warning: {harmless.one_line(line, 400)}\n", to_stderr=True)
    if done:
        say(f"{done}: {wording.counted(export.count, what)}\n")
    if export.replaced:
        say(f"replaced, {len(export.replaced)}:\n", to_stderr=True)
        for line in export.replaced:
            say(f"  {harmless.one_line(line, 160)}\n", to_stderr=True)
    if export.unmatched:
        say(f"not in it, {len(export.unmatched)}:\n", to_stderr=True)
        for one in export.unmatched:
            person = harmless.one_line(one.student, 60)
            say(f"  {person} {harmless.one_line(one.reason, 160)}\n", to_stderr=True)
    if not export.count:
        say(f"grader: there is no {what} to export; nothing is written\n", to_stderr=True)
        if last:
            raise typer.Exit(NOTHING)
