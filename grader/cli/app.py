"""The application that commands are registered on, and the options of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.sandbox import Tier

DEBUG_VARIABLE = "GRADER_DEBUG"

app = typer.Typer(
    name="grader",
    help="Grades notebooks of custom TensorFlow loss functions.",
    epilog="Exit codes: 0 graded, whatever the score; 1 a difference was found; 2 wrong usage;"
    " 3 the grader itself could not do its work, and no score was written.",
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
export_app = typer.Typer(
    help="Results for the systems that classes use.",
    no_args_is_help=True,
)
app.add_typer(export_app, name="export")


@dataclass
class Settings:
    """What holds for every command. debug: show the traceback of an error."""

    debug: bool = False


class Isolation(StrEnum):
    """The isolation asked for on the command line."""

    AUTO = "auto"
    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    PROCESS = "process"

    @property
    def tier(self) -> Tier | None:
        """The tier of this name; None leaves the choice to the sandbox."""
        from grader.sandbox import Tier

        return None if self is Isolation.AUTO else Tier(self.value)


IsolationOption = Annotated[
    Isolation,
    typer.Option(
        "--isolation",
        help="What stands between the notebook's code and this machine. `auto` takes the"
        " strongest that works here (see `grader doctor`); a name is an order.",
    ),
]


@app.callback()
def options(
    context: typer.Context,
    *,
    debug: Annotated[
        bool,
        typer.Option("--debug", envvar=DEBUG_VARIABLE, help="Show the traceback of an error."),
    ] = False,
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Grades notebooks of custom TensorFlow loss functions."""
    if show_version:
        from grader.cli.output import say

        say(f"grader {version('custom-loss-grader')}\n")
        raise typer.Exit
    if isinstance(context.obj, Settings):
        context.obj.debug = context.obj.debug or debug
