"""What is uploaded to services that grade, and `autograder`, what they run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from grader.classroom.services import Service
from grader.cli.app import (
    DEFAULT_ASSIGNMENT,
    AssignmentOption,
    Isolation,
    IsolationOption,
    app,
    example,
    export_app,
)


@export_app.command(epilog=example("grader export gradescope -o autograder.zip"))
def gradescope(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip to write.")] = Path(
        "autograder.zip"
    ),
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """Pack the grader as a Gradescope autograder: `setup.sh`, `run_autograder`, the source."""
    from grader.assignments import loading
    from grader.formats.services import bundle, settings

    asked = loading.load(assignment)
    _write(output, lambda: bundle.build("gradescope", asked))
    _tell(settings.gradescope(asked.max_score))


@export_app.command(
    epilog=example("grader export coursera -o coursera.zip --part aB3xY=my_huber_loss")
)
def coursera(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip to write.")] = Path(
        "coursera.zip"
    ),
    part: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=EXERCISE",
            help="Coursera's id of a part, and the exercise that it is; once for each part. Without"
            " it a part is the whole assignment.",
        ),
    ] = None,
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """Pack the grader as an image for Coursera: reads /shared/submission, writes /shared."""
    from grader.assignments import loading
    from grader.classroom.services import parts_of
    from grader.formats.services import bundle, settings

    asked = loading.load(assignment)
    parts = parts_of(part or [], set(asked.names))
    _write(output, lambda: bundle.build("coursera", asked, parts))
    _tell(settings.coursera(parts))


@export_app.command(epilog=example("grader export prairielearn -o prairielearn.zip"))
def prairielearn(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip to write.")] = Path(
        "prairielearn.zip"
    ),
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """Pack the grader as an external grader for PrairieLearn."""
    from grader.assignments import loading
    from grader.formats.services import bundle, settings

    asked = loading.load(assignment)
    _write(output, lambda: bundle.build("prairielearn", asked))
    _tell(settings.prairielearn())


@export_app.command(epilog=example("grader export github -o .github/workflows/grade.yml"))
def github(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The workflow to write.")] = Path(
        ".github/workflows/grade.yml"
    ),
    package: Annotated[
        str | None,
        typer.Option(
            help="What the job installs, as for `pip install`; without it this very version."
        ),
    ] = None,
    folder: Annotated[str, typer.Option(help="Where in the repository the work is.")] = ".",
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """Write a workflow that grades a student's repository on each push."""
    from grader.assignments import loading
    from grader.errors import UsageError
    from grader.formats.services import github_workflow, settings

    if assignment not in loading.names():
        loading.ensure(assignment)
        raise UsageError(
            f"{assignment}: its checks would have to be in the students' own repository; grade "
            "their clones with `grader batch --assignment` instead"
        )
    requirement = package or github_workflow.package()
    if output == Path(".github/workflows/grade.yml"):
        output.parent.mkdir(parents=True, exist_ok=True)
    _write(output, lambda: github_workflow.workflow(requirement, assignment, folder))
    _tell(settings.github(requirement))


@app.command(hidden=True)
def autograder(
    root: Annotated[Path, typer.Argument(help="The folder that the service knows as its own.")],
    *,
    service: Annotated[Service, typer.Option(help="Who runs it.")] = Service.GRADESCOPE,
    parts: Annotated[
        Path | None, typer.Option(help="Which part is which exercise, as an export wrote it.")
    ] = None,
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade one hand-in where a service left it: what the scripts of an export call."""
    from grader.classroom import services
    from grader.cli.output import say, show

    station = services.station(service, root, os.environ)
    from grader.classroom.autograder import grade_folder, narrowed
    from grader.classroom.batch.warm_grader import Walled
    from grader.formats import terminal, wording

    feedback = service is not Service.PRAIRIELEARN
    grader = narrowed(Walled(assignment, isolation.tier, feedback)(), parts, station.part)
    try:
        page = grade_folder(station.submission, grader, station.skip)
    finally:
        grader.close()
    # Services show this to instructors alone.
    warnings = [wording.warning(page.report.environment), page.trouble]
    warnings += services.notices(station, page.report)
    for warning in filter(None, warnings):
        say(f"grader: warning: {warning}\n", to_stderr=True)
    if printed := services.deliver(station, page, os.environ):
        say(printed)
    show(terminal.view(page.report))


def _write(output: Path, make: Callable[[], bytes]) -> None:
    from grader import files

    files.ensure_writable(output)
    files.write(output, make())
    _tell(f"{output} is written\n")


def _tell(text: str) -> None:
    from grader.cli.output import say

    say(text)
