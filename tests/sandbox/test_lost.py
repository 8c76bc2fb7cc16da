"""Whose fault a death is, and the word for it."""

from __future__ import annotations

import signal

import pytest

from grader.sandbox.children.lost import Lost, cause_of_death, last_line, machine_gave_out
from grader.sandbox.resources.limits import CPU_SECONDS, DATA
from grader.worker import control

SMALL, LARGE = DATA // 3, DATA
INHERITED, MEMORY = DATA // 4, DATA


def ended(signum: int = 0, code: int = 0, cpu: float = 1.0, peak: int = SMALL) -> control.Ended:
    """A report of a death."""
    return control.Ended(1, signum, code, cpu, peak)


@pytest.mark.parametrize(
    ("report", "printed", "oom", "expected"),
    [
        pytest.param(
            ended(signal.SIGXCPU), "", False,
            Lost("timeout", f"used more than {CPU_SECONDS} s of CPU time in all"),
            id="the soft limit's signal",
        ),
        pytest.param(
            ended(signal.SIGKILL, cpu=CPU_SECONDS + 1.0), "", False,
            Lost("timeout", f"used more than {CPU_SECONDS} s of CPU time in all"),
            id="the hard limit, after the signal was ignored",
        ),
        pytest.param(
            ended(signal.SIGKILL, peak=LARGE), "", True,
            Lost("memory", "the system ran out of memory"),
            id="picked by the system as the largest",
        ),
        pytest.param(
            ended(signal.SIGKILL, peak=LARGE), "", False,
            Lost("crashed", "signal 9 (Killed)", 9),
            id="killed by itself",
        ),
        pytest.param(
            ended(signal.SIGABRT), "what(): std::bad_alloc", False,
            Lost("memory", "out of memory"),
            id="C++ without memory",
        ),
        pytest.param(
            ended(signal.SIGSEGV), "", False,
            Lost("crashed", "signal 11 (Segmentation fault)", 11),
            id="a bad address",
        ),
        pytest.param(
            ended(code=control.EXIT_MEMORY), "", False,
            Lost("memory", "out of memory"),
            id="Python without memory",
        ),
        pytest.param(
            ended(code=control.EXIT_BROKEN), "Traceback\nOSError: x\n", False,
            Lost("crashed", "OSError: x"),
            id="the loop broke off",
        ),
        pytest.param(
            ended(code=control.EXIT_BROKEN), "", False,
            Lost("crashed", "its Python interpreter broke off"),
            id="the loop broke off in silence",
        ),
        pytest.param(ended(code=0), "", False, Lost("exited", "exit code 0"), id="pretending"),
        pytest.param(ended(code=72), "", False, Lost("exited", "exit code 72"), id="our own code"),
    ],
)  # fmt: skip
def test_causes_of_death(report: control.Ended, *, printed: str, oom: bool, expected: Lost) -> None:
    """One word each, out of what the kernel says."""
    assert cause_of_death(report, printed, killed_for_memory=oom) == expected


@pytest.mark.parametrize(
    ("report", "oom", "expected"),
    [
        pytest.param(ended(signal.SIGKILL), True, True, id="small, and the system was short"),
        pytest.param(ended(signal.SIGKILL), False, False, id="small, and it was not"),
        pytest.param(ended(signal.SIGKILL, peak=LARGE), True, False, id="near its own limit"),
        pytest.param(ended(signal.SIGSEGV), True, False, id="died of something else"),
        pytest.param(ended(code=1), True, False, id="went by itself"),
    ],
)
def test_a_machine_without_memory_is_nobody_s_mistake(
    report: control.Ended, *, oom: bool, expected: bool
) -> None:
    """A grade that another program's hunger decided would be no grade."""
    gave_out = machine_gave_out(report, inherited=INHERITED, memory=MEMORY, killed_for_memory=oom)
    assert gave_out is expected


def test_the_last_line_is_cut() -> None:
    """It stands in a report."""
    assert last_line("a\nb\n\n") == "b"
    assert last_line("x" * 1000) == "x" * 200
    assert last_line(" \n") == ""
