"""The application that commands are registered on, and the options of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from grader.sandbox import Tier

DEBUG_VARIABLE = "GRADER_DEBUG"


class _Ordered(TyperGroup):
    """Commands in the order in which people come to need them."""

    _ORDER = ("grade", "batch", "export", "rubric", "doctor", "new", "release", "validate")

    def list_commands(self, ctx: Any) -> list[str]:
        names = super().list_commands(ctx)
        return sorted(names, key=lambda n: self._ORDER.index(n) if n in self._ORDER else 99)


app = typer.Typer(
    name="grader",
    cls=_Ordered,
    help="Grades notebooks of custom TensorFlow loss functions.",
    epilog="Exit codes: 0 graded, whatever the score; 1 a difference was found; 2 wrong usage;"
    " 3 the grader itself could not do its work, and no score was written.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
export_app = typer.Typer(
    help="Results for the systems that classes use.",
    no_args_is_help=True,
)
app.add_typer(export_app, name="export")


def example(*lines: str) -> str:
    """What stands at the end of a command's help: how it is called."""
    return "\n\n".join(f"Example: {line}" for line in lines)


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

DEFAULT_ASSIGNMENT = "custom_losses"
AssignmentOption = Annotated[
    str,
    typer.Option(
        "--assignment",
        metavar="NAME|FOLDER",
        help="Which assignment: one that comes along, or the folder of one of your own.",
    ),
]


def _version(asked: bool) -> None:  # noqa: FBT001 -- Typer calls it so
    if asked:
        from importlib.metadata import version

        from grader.cli.output import say

        say(f"grader {version('custom-loss-grader')}\n")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    *,
    debug: Annotated[
        bool,
        typer.Option("--debug", envvar=DEBUG_VARIABLE, help="Show the traceback of an error."),
    ] = False,
    version: Annotated[  # noqa: ARG001 -- its callback has done all there is to do
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_version, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """Grades notebooks of custom TensorFlow loss functions."""
    if isinstance(context.obj, Settings):
        context.obj.debug = context.obj.debug or debug
