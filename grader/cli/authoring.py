"""`new`, `release` and `validate`: what the people who write an assignment run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.app import (
    DEFAULT_ASSIGNMENT,
    AssignmentOption,
    Isolation,
    IsolationOption,
    app,
    example,
)

ProjectOption = Annotated[
    Path, typer.Option(help="The folder that holds `solutions` and `assignment`.")
]


@app.command(epilog=example("grader new my_assignment"))
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it must not be there yet.")],
) -> None:
    """Write an assignment of your own that works, to be changed."""
    from grader import harmless
    from grader.authoring.new import new as write
    from grader.cli.output import say

    for path in write(folder):
        say(f"{harmless.one_line(str(path))}\n")
    say(f"\nTry it: grader validate --assignment {harmless.one_line(str(folder))}\n")


@app.command(epilog=example("grader release --check"))
def release(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the notebook is stale.")
    ] = False,
    project: ProjectOption = Path(),
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
) -> None:
    """Make the students' notebook out of the reference notebook."""
    from grader.assignments import loading
    from grader.authoring.notebooks.release import release as make
    from grader.cli.output import say

    path = make(loading.load(assignment), project, check=check)
    say(f"{path} is {'up to date' if check else 'written'}\n")


@app.command(epilog=example("grader validate --jobs 2"))
def validate(
    *,
    mutants: Annotated[
        bool,
        typer.Option("--mutants", help="Also change the reference in every systematic way."),
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that grade.")] = 1,
    project: ProjectOption = Path(),
    assignment: AssignmentOption = DEFAULT_ASSIGNMENT,
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade the reference, the starter, right variants and known mistakes, as CI does."""
    from grader import sandbox
    from grader.assignments import loading
    from grader.cli.output import counting, show

    loading.ensure(assignment)
    with sandbox.start(isolation.tier) as wall:
        from grader.authoring import validation
        from grader.errors import DifferenceFound
        from grader.formats import validation_table, wording

        with counting("grading") as progress:
            found = validation.validate(
                loading.load(assignment),
                project,
                wall,
                mutants=mutants,
                jobs=jobs,
                on_progress=progress,
            )
    show(validation_table.view(found))
    if found.differences:
        number = wording.counted(len(found.differences), "difference")
        raise DifferenceFound(f"{number} from what must come out")
