"""`grade`, `rubric` and `doctor`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.app import (
    DEFAULT_ASSIGNMENT,
    AssignmentOption,
    Isolation,
    IsolationOption,
    app,
    example,
)
from grader.formats.encoding import Format

if TYPE_CHECKING:
    from grader.judging import Graded

_STDOUT = Path("-")


@app.command(
    epilog=example(
        "grader grade work.ipynb --feedback page.html",
        "grader grade work.ipynb -o - --student alice",
    )
)
def grade(
    notebook: Annotated[Path, typer.Argument(help="The student's notebook, or a script.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where the report goes; `-` is standard output. Without it: `report.json` in the"
            " current folder (`results.json` for gradescope, `feedback.json` for coursera).",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Who will read it.")] = Format.JSON,
    student: Annotated[str | None, typer.Option(help="An id to put into the report.")] = None,
    feedback: Annotated[
        Path | None, typer.Option(help="Also write a page for the student here (HTML).")
    ] = None,
    evidence: Annotated[
        bool,
        typer.Option(
            "--evidence",
            help="Put what each check asked, got and wanted into the report. For instructors:"
            " it gives hidden inputs away.",
        ),
    ] = False,
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade one notebook: print the result, and write the report as a file."""
    from grader import files, harmless, sandbox
    from grader.assignments import loading
    from grader.cli.output import say, say_bytes, show
    from grader.errors import GraderError
    from grader.submission import Submission

    if feedback == _STDOUT:
        raise typer.BadParameter("a page is written to a file; name one", param_hint="--feedback")
    loading.ensure(assignment)
    submission = Submission.read(notebook, student)
    destination = output if output is not None else Path(form.file_name)
    written = [path for path in (destination, feedback) if path is not None and path != _STDOUT]
    files.ensure_distinct(notebook, *written)
    for path in written:
        files.ensure_writable(path)
    with sandbox.start(isolation.tier) as wall:
        # The worker is importing TensorFlow now; these imports happen meanwhile.
        from grader.formats import terminal
        from grader.formats.encoding import encode
        from grader.judging import grade as judge

        asked = loading.load(assignment)
        graded = judge(
            submission,
            wall,
            asked,
            evidence=evidence,
            show_cells=feedback is not None,
        )
        warning = wall.warning
    if warning:
        say(f"grader: warning: {warning}\n", to_stderr=True)
    data = encode(graded.report, form)
    if destination == _STDOUT:
        say_bytes(data)
    else:
        files.write(destination, data)
    # The score is written. What goes wrong from here on is said, and takes nothing back.
    if feedback is not None:
        try:
            _write_page(feedback, graded)
        except Exception as error:  # noqa: BLE001 -- a page that fails must not cost the grade
            written.remove(feedback)
            what = (
                str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
            )
            say(f"grader: no feedback page ({harmless.one_line(what)})\n", to_stderr=True)
    view = terminal.view(graded.report, written=tuple(str(path) for path in written))
    show(view, to_stderr=destination == _STDOUT)


def _write_page(path: Path, graded: Graded) -> None:
    from grader import files
    from grader.formats.feedback.page import page

    files.write(path, page(graded).encode("utf-8", "replace"))


class TableFormat(StrEnum):
    """How `rubric` prints."""

    TABLE = "table"
    JSON = "json"


@app.command(epilog=example("grader rubric --format json"))
def rubric(
    *,
    form: Annotated[
        TableFormat, typer.Option("--format", help="A table to read, or JSON.")
    ] = TableFormat.TABLE,
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """List every check with its points."""
    from grader.assignments import loading
    from grader.cli.output import say_bytes, show
    from grader.formats import tables
    from grader.judging import rubric_table

    rows = rubric_table(loading.load(assignment))
    if form is TableFormat.JSON:
        say_bytes(tables.rubric_json(rows))
    else:
        show(tables.rubric(rows))


@app.command(epilog=example("grader doctor --compile"))
def doctor(
    *,
    compile_: Annotated[
        bool,
        typer.Option("--compile", help="Compile what is installed, once, so that starts are fast."),
    ] = False,
) -> None:
    """Show versions, and the isolation tiers that work here and what each one stops."""
    from grader import sandbox
    from grader.cli.output import show
    from grader.errors import FaultError
    from grader.formats import tables
    from grader.sandbox import compiled

    if compile_:
        compiled.compile_all()
    slow = "missing, so that each start takes much longer; `grader doctor --compile` makes it"
    versions = tables.versions() | {"byte code": slow if compiled.missing() else "there"}
    tiers = sandbox.survey()
    show(tables.doctor(versions, tiers))
    if not any(tier.works for tier in tiers):
        raise FaultError("no isolation tier works here, so nothing can be graded")
