"""A machine that is short of memory, or a judge that was stopped, costs nobody a point."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import WorkerLost
from grader.sandbox import Child, Limit, Lost, Sandbox
from grader.sandbox.children.exchange import Exchange, Outcome
from grader.sandbox.resources import pressure
from grader.worker import wire

FILE = """\
some avg10=1.00 avg60=0.50 avg300=0.10 total=12500000
full avg10=0.00 avg60=0.00 avg300=0.00 total=99000000
"""


def test_what_the_kernel_tells_is_read() -> None:
    """Microseconds in which at least one task waited."""
    assert pressure.read(FILE) == 12.5


@pytest.mark.parametrize("text", ["", "some", "total=5", "full avg10=0.00 total=7"])
def test_a_kernel_that_tells_nothing_is_believed_to_have_memory(text: str) -> None:
    """As on kernels without this file."""
    assert pressure.read(text) == 0.0


def test_this_machine_only_ever_waits_longer() -> None:
    """Whatever is read here is a sum since the start."""
    first = pressure.stalled_seconds()
    assert 0.0 <= first <= pressure.stalled_seconds()


@pytest.mark.wall
@pytest.mark.parametrize(
    ("source", "limit"),
    [
        pytest.param("import time; time.sleep(100)", Limit(60, 0.5), id="no answer"),
        pytest.param("while True: pass", Limit(0.5, 60), id="too much CPU time"),
    ],
)
def test_a_time_out_on_a_starved_machine_is_not_the_students(
    child: Child, source: str, limit: Limit
) -> None:
    """The grader could not do its work, and says so; otherwise it is a time-out."""
    with pytest.raises(WorkerLost, match="short of memory"):
        outcome(child, source, limit, time.monotonic)
    late = outcome(child, source, limit, lambda: 3.0)
    assert isinstance(late, Lost)
    assert late.reason == "timeout"


@pytest.mark.wall
def test_a_judge_that_was_stopped_still_hears_the_answer(sandbox: Sandbox, folder: Path) -> None:
    """As by Ctrl-Z, for longer than the child has; it went on meanwhile, and was in time."""
    script = (
        "from pathlib import Path\n"
        "from grader.sandbox import Limit, Tier, start\n"
        "from grader.worker import wire\n"
        f"with start(Tier({sandbox.tier.value!r}), Path({str(folder)!r})) as sandbox:\n"
        "    with sandbox.open() as child:\n"
        "        print('asking', flush=True)\n"
        "        source = b'import time; time.sleep(1); result = 5'\n"
        "        print(child.ask(wire.Open(source, ()), Limit(10, 3)))\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as judge:
        assert judge.stdout is not None
        assert judge.stdout.readline() == "asking\n"
        time.sleep(0.3)
        judge.send_signal(signal.SIGSTOP)
        time.sleep(4)
        judge.send_signal(signal.SIGCONT)
        assert judge.stdout.read() == "Unreadable(reason='5')\n"


def outcome(child: Child, source: str, limit: Limit, stalled: Callable[[], float]) -> Outcome:
    """What comes of a request on a machine that waits for memory as `stalled` says."""
    frame = wire.encode(wire.Open(source.encode(), ()))
    return Exchange(child._process, child._output, frame, limit, stalled).run()
