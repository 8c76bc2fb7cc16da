"""`batch`: a whole class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.classroom.intake.systems.layouts import Layout
from grader.cli.app import (
    DEFAULT_ASSIGNMENT,
    AssignmentOption,
    Isolation,
    IsolationOption,
    app,
    example,
)
from grader.cli.run import INTERRUPTED


@app.command(
    epilog=example(
        "grader batch submissions.zip -o results",
        "grader batch submissions -o results --roster students.csv --dry-run",
    )
)
def batch(
    submissions: Annotated[
        Path, typer.Argument(help="A folder or a zip, as downloaded from where the class lives.")
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for reports, tables and pages.")
    ],
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processes; without it as many as there are cores and memory for."
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Grade on the Dask cluster with this address instead, tcp://..."),
    ] = None,
    layout: Annotated[
        Layout | None, typer.Option(help="How the submissions are laid out; found out without it.")
    ] = None,
    student: Annotated[
        str | None,
        typer.Option(
            metavar="REGEX",
            help="Whose a file is, for names of your own: searched in its path; the group"
            " (?P<student>...) says who, (?P<attempt>...) and (?P<late>...) if you like.",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Names and ids of the gradebook: a column `file` (the student as read from the"
            " files) and any of name, canvas, sid, login, email, moodle, nbgrader.",
        ),
    ] = None,
    nbgrader_assignment: Annotated[
        str | None, typer.Option(help="nbgrader's name, where there are several assignments.")
    ] = None,
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Grade all, also what has a report that still holds.")
    ] = False,
    feedback: Annotated[bool, typer.Option(help="Also make a page for each student.")] = True,
    excel: Annotated[
        bool, typer.Option("--excel", help="Also write grades.xlsx, the table as a workbook.")
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            help="Grade and show what would change, also in changes.csv; the next run without it"
            " puts it into force.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="As --diff, but keep nothing of it but changes.csv.")
    ] = False,
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade a whole class. Can be stopped at any moment: the same command goes on."""
    from grader import harmless
    from grader.assignments import loading
    from grader.classroom.batch import folder, pools
    from grader.classroom.batch import runner as core
    from grader.classroom.batch.ledger import Options
    from grader.classroom.batch.warm_grader import Walled
    from grader.classroom.intake import download
    from grader.classroom.intake.people import roster as rosters
    from grader.classroom.intake.people.student_pattern import Naming
    from grader.classroom.results import publishing
    from grader.cli.batch_progress import stoppable, watching
    from grader.cli.output import is_terminal, say, show
    from grader.errors import FaultError, UsageError
    from grader.formats import class_tables

    if student is not None and layout is not None:
        raise UsageError("--student says itself how files are laid out; leave --layout out")
    naming = Naming.of(student) if student is not None else None
    people = rosters.read(roster) if roster is not None else None

    asked = loading.load(assignment)
    options = Options(
        fresh=fresh, dry_run=dry_run, diff=diff, feedback=feedback, max_score=asked.max_score
    )
    make = Walled(asked.given, isolation.tier, feedback and not dry_run)
    with download.opened(
        submissions,
        layout,
        assignment=nbgrader_assignment,
        output=output,
        naming=naming,
        roster=people,
    ) as found:
        for notice in found.notices:
            say(f"{harmless.one_line(notice, 600)}\n", to_stderr=True)
        students = [handin.student for handin in found.handins]
        with folder.opened(output, students, writable=not dry_run) as out:
            out.ensure_of(asked)
            for line in publishing.reading(found) if options.only_looks else ():
                say(f"{harmless.one_line(line, 300)}\n", to_stderr=True)
            places = min(jobs or pools.places(), len(students))
            with (
                stoppable() as stop,
                pools.started(places, scheduler) as pool,
                watching() as observer,
            ):
                outcome = core.run(found, out, make, pool, observer, options, stop)
            summary = None
            if not outcome.interrupted and not options.only_looks:
                summary = publishing.publish(out, found, outcome, asked, for_excel=excel)
    if outcome.interrupted:
        done, total = outcome.done, outcome.total
        say(f"stopped after {done} of {total}; the same command goes on\n", to_stderr=True)
        raise typer.Exit(INTERRUPTED)
    if outcome.changes or outcome.unread or options.only_looks:
        regrade = publishing.regrade(found, outcome, written=not options.only_looks)
        try:
            publishing.write_changes(out, regrade)
        finally:
            # Whatever becomes of the file, what was graded for is told.
            if is_terminal():
                show(class_tables.changes(regrade))
            else:
                say(class_tables.change_lines(regrade))
    if diff and not dry_run:
        say("nothing is replaced yet: the same command without --diff does it, and grades nothing "
            "again\n")  # fmt: skip
    if summary is not None:
        if is_terminal():
            show(class_tables.result(summary, str(output)))
        else:
            say(class_tables.result_lines(summary, str(output)))
    if outcome.not_graded:
        raise FaultError(
            f"{len(outcome.not_graded)} of {outcome.total} could not be graded and have no score;"
            " the same command tries again"
        )
