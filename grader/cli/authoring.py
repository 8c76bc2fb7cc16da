"""`release` and `validate`: what the people who write the assignment run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.app import Isolation, IsolationOption, app

ProjectOption = Annotated[
    Path, typer.Option(help="The folder that holds `solutions` and `assignment`.")
]


@app.command()
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


@app.command()
def validate(
    *,
    project: ProjectOption = Path(),
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade the reference, the starter, right variants and known mistakes, as CI does."""
    from grader import sandbox
    from grader.cli.output import show

    with sandbox.start(isolation.tier) as wall:
        from grader.authoring.validation import validate as run
        from grader.errors import DifferenceFound
        from grader.formats import tables

        result = run(project, wall)
    show(tables.validation(result))
    if result.differences:
        raise DifferenceFound(f"{len(result.differences)} differences from what must come out")
