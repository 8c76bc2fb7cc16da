"""Running a command: the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from grader import harmless
from grader.cli.app import DEBUG_VARIABLE, Settings, app
from grader.cli.output import say
from grader.errors import GraderError

INTERRUPTED = 130
FAULT = 3
_MAX_LINE = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run `grader` with these arguments, or those of the process, and return its exit code."""
    settings = Settings(debug=os.environ.get(DEBUG_VARIABLE, "") not in {"", "0"})
    try:
        return _run(argv, settings)
    except typer.Exit as closed:
        # Standard error was closed while an error was being told.
        return closed.exit_code


def _run(argv: Sequence[str] | None, settings: Settings) -> int:
    try:
        code = get_command(app).main(
            args=None if argv is None else list(argv),
            prog_name="grader",
            standalone_mode=False,
            obj=settings,
        )
    except GraderError as error:
        return _tell(str(error), error.exit_code, settings)
    except TyperException as error:
        return _tell_usage(error, settings)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except MemoryError:
        return _tell("out of memory", FAULT, settings)
    except Exception as error:  # noqa: BLE001 -- whatever is not foreseen is a fault of ours
        # A mistake in the grader itself. It must look like no verdict, and be easy to report.
        kind = type(error).__name__
        hint = "" if settings.debug else f"; {DEBUG_VARIABLE}=1 shows where"
        return _tell(f"internal error ({kind}: {error}){hint}", FAULT, settings)
    if code == INTERRUPTED:
        return _tell("interrupted", INTERRUPTED, Settings())
    return code if isinstance(code, int) else 0


def _tell(message: str, code: int, settings: Settings) -> int:
    if settings.debug:
        say(traceback.format_exc(), to_stderr=True)
    say(f"grader: {harmless.one_line(message, _MAX_LINE)}\n", to_stderr=True)
    return code


def _tell_usage(error: TyperException, settings: Settings) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "grader"
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    if not message or "\n" in message:
        # A group without a command: the whole help, for which it stands.
        say(f"{error.format_message()}\n", to_stderr=True)
        return error.exit_code
    return _tell(f"{message} (see `{command} --help`)", error.exit_code, settings)
