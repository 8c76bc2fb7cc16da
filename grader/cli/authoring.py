"""`release` and `validate`: what the people who write the assignment run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.app import Isolation, IsolationOption, app, example

ProjectOption = Annotated[
    Path, typer.Option(help="The folder that holds `solutions` and `assignment`.")
]


@app.command(epilog=example("grader release --check"))
def release(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the notebook is stale.")
    ] = False,
    project: ProjectOption = Path(),
) -> None:
    """Make the students' notebook out of the reference notebook."""
    from grader.authoring.release import release as make
    from grader.cli.output import say

    path = make(project, check=check)
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
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade the reference, the starter, right variants and known mistakes, as CI does."""
    from grader import sandbox
    from grader.cli.output import counting, show

    with sandbox.start(isolation.tier) as wall:
        from grader.authoring import validation
        from grader.errors import DifferenceFound
        from grader.formats import validation_table, wording

        with counting("grading") as progress:
            found = validation.validate(
                project, wall, mutants=mutants, jobs=jobs, on_progress=progress
            )
    show(validation_table.view(found))
    if found.differences:
        number = wording.counted(len(found.differences), "difference")
        raise DifferenceFound(f"{number} from what must come out")
