"""The command line: exit codes, streams, and one clear line for whatever goes wrong."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from grader.cli import app, main
from grader.cli.app import DEBUG_VARIABLE
from grader.errors import DifferenceFound, FaultError, UsageError

COMMANDS = ["grade", "export", "rubric", "doctor", "release", "validate"]


@pytest.fixture(autouse=True)
def no_debugging(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be debugging."""
    monkeypatch.delenv(DEBUG_VARIABLE, raising=False)


@pytest.fixture
def failing() -> Iterator[typer.Typer]:
    """The application with one more command, which raises what it is told to."""
    known = len(app.registered_commands)
    raised: dict[str, BaseException] = {
        "usage": UsageError("x.ipynb: there is no such file"),
        "difference": DifferenceFound("2 differences"),
        "fault": FaultError("no worker could be started"),
        "bug": KeyError("first\nsecond \x1b[31m"),
        "memory": MemoryError(),
        "interrupt": KeyboardInterrupt(),
        "disk": OSError(28, "No space left on device"),
    }

    @app.command("fail", hidden=True)
    def fail(kind: str) -> None:
        raise raised[kind]

    yield app
    del app.registered_commands[known:]


CODES = {
    "usage": (2, "grader: x.ipynb: there is no such file"),
    "difference": (1, "grader: 2 differences"),
    "fault": (3, "grader: no worker could be started"),
    "bug": (3, "grader: internal error (KeyError: "),
    "disk": (3, "grader: internal error (OSError: "),
    "memory": (3, "grader: out of memory"),
    "interrupt": (130, "grader: interrupted"),
}


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize(("kind", "code", "line"), [(k, *v) for k, v in CODES.items()], ids=CODES)
def test_each_error_is_one_line_and_a_code(
    kind: str, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing on standard output, one line on standard error, no traceback."""
    assert main(["fail", kind]) == code
    out, err = capsys.readouterr()
    assert not out
    assert err.startswith(line)
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "\x1b" not in err


@pytest.mark.usefixtures("failing")
def test_debugging_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    """By option or by variable; the exit code stays."""
    assert main(["--debug", "fail", "bug"]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.usefixtures("failing")
def test_debugging_by_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a command that somebody else's script starts."""
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    assert main(["fail", "fault"]) == 3
    assert "Traceback" in capsys.readouterr().err


WRONG = {
    "no such command": ["grad"],
    "no such option": ["grade", "--points", "x.ipynb"],
    "an argument missing": ["grade"],
    "an argument too many": ["grade", "a.ipynb", "b.ipynb"],
    "an isolation that does not exist": ["grade", "--isolation", "none", "x.ipynb"],
    "a format that does not exist": ["grade", "--format", "xml", "x.ipynb"],
    "an option without its value": ["grade", "x.ipynb", "-o"],
    "a page on standard output": ["grade", "x.ipynb", "--feedback", "-"],
    "no such rubric format": ["rubric", "--format", "yaml"],
    "no such export": ["export", "blackboard"],
}


@pytest.mark.parametrize("argv", WRONG.values(), ids=WRONG.keys())
def test_wrong_usage_is_one_line(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It names what is wrong, and where to read on."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert not out
    assert re.fullmatch(r"grader: [^\n]+ \(see `grader[a-z ]* --help`\)\n", err)


@pytest.mark.parametrize("argv", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Every command explains itself."""
    assert main(argv) == 0
    assert "Usage: grader" in capsys.readouterr().out


def below(words: tuple[str, ...], group: Any) -> dict[str, Any]:
    """Each command that people see, under its words."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= below((*words, name), command)
        elif not command.hidden:
            found[" ".join((*words, name))] = command
    return found


EVERY = below((), get_command(app))


@pytest.mark.parametrize("name", EVERY)
def test_each_command_shows_how_it_is_called(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With an example that its own parser takes."""
    words, command = name.split(), EVERY[name]
    assert main([*words, "--help"]) == 0
    assert "Example: grader" in capsys.readouterr().out
    for line in (command.epilog or "").split("\n\n"):
        example = shlex.split(line.removeprefix("Example: "))
        assert example[: len(words) + 1] == ["grader", *words]
        command.make_context(words[-1], example[len(words) + 1 :])


def test_help_lists_the_commands_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order in which people come to need them."""
    main(["--help"])
    listed = re.findall(r"^│ ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert [name for name in listed if name in COMMANDS] == COMMANDS


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """For a bug report."""
    assert main(["--version"]) == 0
    assert re.fullmatch(r"grader \d+\.\d+\.\d+\n", capsys.readouterr().out)


def grader(*argv: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *argv],
        capture_output=True, text=True, check=False, timeout=120, **options,
    )  # type: ignore[call-overload]  # fmt: skip


def test_the_real_command_returns_the_code() -> None:
    """Not only the function."""
    done = grader("grade", "--nonsense")
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith("grader: No such option")


def test_a_reader_that_has_seen_enough() -> None:
    """`grader ... | head -0` ends without a word about pipes."""
    script = f"{sys.executable} -m grader --version; echo ${{PIPESTATUS[0]}} >&2"
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            ["bash", "-c", script], stdout=write, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write)
    assert done.stderr.strip() == "141"


def test_a_stream_that_takes_only_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words get through, other characters are spelled out."""
    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(taken, "ascii"))
    assert main(["grade", "ça.ipynb", "-o", "/proc/ü"]) == 2
    assert b"\\xe7" in taken.getvalue()


BEFORE_ANY_WORK = {
    "a folder that does not exist": ("none/report.json", "there is no folder"),
    "a folder": (".", "is a folder"),
}


@pytest.mark.parametrize(("place", "line"), BEFORE_ANY_WORK.values(), ids=BEFORE_ANY_WORK.keys())
def test_a_report_that_could_not_be_written_is_known_before(
    place: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No worker is started for nothing."""
    (tmp_path / "x.ipynb").write_text("{}")
    assert main(["grade", str(tmp_path / "x.ipynb"), "-o", str(tmp_path / place)]) == 2
    assert line in capsys.readouterr().err


def test_the_isolation_tiers_are_those_of_the_sandbox() -> None:
    """The command line knows their names before it may import the sandbox."""
    from grader.cli.app import Isolation
    from grader.sandbox import Tier

    assert [name.value for name in Isolation] == ["auto", *(tier.value for tier in Tier)]
    assert Isolation.AUTO.tier is None
    assert Isolation.PROCESS.tier is Tier.PROCESS
