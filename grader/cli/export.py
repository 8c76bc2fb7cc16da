"""`export gradescope`: an autograder to upload. Exports of a batch are registered elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.app import export_app


@export_app.command()
def gradescope(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip to write.")] = Path(
        "autograder.zip"
    ),
) -> None:
    """Pack the grader as a Gradescope autograder: `setup.sh`, `run_autograder`, the source."""
    from grader.cli.output import say
    from grader.formats import files, gradescope_bundle

    files.ensure_writable(output)
    files.write(output, gradescope_bundle.build())
    say(f"{output} is written\n")
