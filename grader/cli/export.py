"""`export gradescope`, an autograder to upload, and `autograder`, what it runs there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.app import Isolation, IsolationOption, app, example, export_app


@export_app.command(epilog=example("grader export gradescope -o autograder.zip"))
def gradescope(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip to write.")] = Path(
        "autograder.zip"
    ),
) -> None:
    """Pack the grader as a Gradescope autograder: `setup.sh`, `run_autograder`, the source."""
    from grader import files
    from grader.cli.output import say
    from grader.formats import gradescope_bundle

    files.ensure_writable(output)
    files.write(output, gradescope_bundle.build())
    say(f"{output} is written\n")


@app.command(hidden=True)
def autograder(
    root: Annotated[Path, typer.Argument(help="The folder with `submission` and `results`.")],
    *,
    isolation: IsolationOption = Isolation.AUTO,
) -> None:
    """Grade `submission` into `results/results.json`: what `run_autograder` calls."""
    from grader import files
    from grader.cli.output import say, show
    from grader.formats import wording

    results = root / "results" / "results.json"
    files.ensure_writable(results)
    from grader.classroom.autograder import grade_folder
    from grader.classroom.batch.warm_grader import Walled
    from grader.formats import gradescope as form
    from grader.formats import terminal

    grader = Walled(isolation.tier)()
    try:
        report = grade_folder(root / "submission", grader)
    finally:
        grader.close()
    files.write(results, form.encode(report))
    # Gradescope shows this to instructors alone.
    if warning := wording.warning(report.environment):
        say(f"grader: warning: {warning}\n", to_stderr=True)
    show(terminal.view(report))
