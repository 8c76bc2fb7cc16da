"""Exactly one reply for each request; everything else is named for what it is."""

from __future__ import annotations

import select

import pytest

from grader.sandbox import Child, Limit, Lost, Sandbox
from grader.worker import wire
from tests.sandbox.asking import attempt, lost, value

pytestmark = pytest.mark.wall

PATIENT = Limit(cpu_seconds=10, wall_seconds=1)


def test_requests_are_answered_one_after_the_other(child: Child) -> None:
    """A child keeps what it learnt until it is closed."""
    assert value(child, "x = 20; result = x + 1") == 21
    assert value(child, "result = x + 2") == 22
    assert child.alive


def test_children_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    """Two at the same time, in one worker."""
    with sandbox.open() as one, sandbox.open() as other:
        assert value(one, "import builtins; builtins.open = 'mine'; result = 1") == 1
        assert value(other, "import builtins; result = callable(builtins.open)") is True


def test_many_children_in_a_row(sandbox: Sandbox) -> None:
    """Places are used again and again."""
    for number in range(25):
        with sandbox.open() as opened:
            assert value(opened, f"result = {number}") == number


def test_a_large_request_arrives_whole(child: Child) -> None:
    """Notebooks of many megabytes fit through the pipe."""
    source = "result = 1 #" + "x" * 30_000_000
    assert value(child, source) == 1


@pytest.mark.parametrize(
    ("source", "reason", "detail"),
    [
        pytest.param("import os; os._exit(0)", "exited", "exit code 0", id="exits, pretending"),
        pytest.param("import os; os._exit(3)", "exited", "exit code 3", id="exits"),
        pytest.param("raise SystemExit", "crashed", "SystemExit", id="leaves Python"),
        pytest.param(
            "import ctypes; ctypes.string_at(0)",
            "crashed",
            "signal 11 (Segmentation fault)",
            id="bad address",
        ),
        pytest.param("import os; os.abort()", "crashed", "signal 6 (Aborted)", id="aborts"),
        pytest.param(
            "import os; os.kill(os.getpid(), 9)", "crashed", "signal 9 (Killed)", id="kills itself"
        ),
        pytest.param(
            "import os; os.write(2, b\"terminate: 'std::bad_alloc'\"); os.abort()",
            "memory",
            "out of memory",
            id="C++ without memory",
        ),
        pytest.param(
            "import os, time; os.close(4); time.sleep(60)",
            "protocol",
            "closed its result pipe",
            id="closes the result pipe",
        ),
        pytest.param(
            "import os, time; os.write(4, bytes([255] * 4)); time.sleep(60)",
            "protocol",
            "announces 4294967295 bytes",
            id="announces 4 GB",
        ),
        pytest.param(
            "import os, time; os.write(4, bytes(4)); time.sleep(60)",
            "protocol",
            "announces no bytes",
            id="announces nothing",
        ),
        pytest.param(
            "import os, time; os.write(4, bytes([0, 0, 0, 1, 7])); time.sleep(60)",
            "protocol",
            "Expected `object`, got `int`",
            id="sends a number",
        ),
        pytest.param(
            "import os; os.write(4, bytes([0, 0, 1, 0, 7])); os._exit(0)",
            "exited",
            "exit code 0",
            id="dies in the middle of a message",
        ),
        pytest.param(
            "import os\nwhile True: os.write(4, b'x' * 60000)",
            "protocol",
            "announces 2021161080 bytes",
            id="floods the result pipe",
        ),
        pytest.param(
            "import time; lie = wire.Array('float32', (2**30, 2**30), b'');"
            "send(wire.Value(lie, 'tensor')); time.sleep(60)",
            "protocol",
            "an array of 0 bytes where its shape says 4611686018427387904",
            id="an array that lies about its shape",
        ),
    ],
)
def test_what_is_no_reply_is_named(child: Child, source: str, reason: str, detail: str) -> None:
    """Deaths and broken messages alike are the student's, and say what they were."""
    found = lost(child, source)
    assert (found.reason, found.detail) == (reason, detail)
    assert bool(found.signal) == detail.startswith("signal ")


def test_two_replies_at_once_are_none(child: Child) -> None:
    """Which of them would be the answer?"""
    source = "import os; reply = wire.encode(wire.Unreadable('one')); os.write(4, reply + reply)"
    assert attempt(child, source) == Lost("protocol", "sent more than one reply")


def test_a_second_reply_is_not_believed(child: Child) -> None:
    """Bytes that nobody asked for are found at once, or with the next request."""
    source = (
        "import time; send(wire.Unreadable('one')); time.sleep(0.1); send(wire.Unreadable('two'))"
    )
    outcome = attempt(child, source)
    if outcome == "one":
        assert select.select([child._process.pipes.result], [], [], 20)[0]
        outcome = attempt(child, "result = 1")
    assert isinstance(outcome, Lost)
    assert outcome.reason == "protocol"


def test_who_answers_before_being_asked_is_not_believed(child: Child) -> None:
    """The reply to a request that was not read yet can't be one."""
    source = (
        "import select, time; send(wire.Unreadable('one')); select.select([3], [], []);"
        "send(wire.Unreadable('two')); time.sleep(60)"
    )
    assert attempt(child, source) == "one"
    outcome = attempt(child, "#" * 10_000_000)
    assert isinstance(outcome, Lost)
    assert (outcome.reason, outcome.detail) == ("protocol", "answered before it was asked")


def test_who_does_not_listen_runs_out_of_time(child: Child) -> None:
    """The judge does not wait for ever for its own request to be taken."""
    assert attempt(child, "send(wire.Unreadable('one')); import time; time.sleep(60)") == "one"
    outcome = attempt(child, "#" * 10_000_000, PATIENT)
    assert outcome == Lost("timeout", "no answer in 1 s")


def test_last_words_count(child: Child) -> None:
    """A whole reply is a reply, even if its sender dies after it."""
    assert attempt(child, "send(wire.Unreadable('one')); import os; os._exit(0)") == "one"
    assert attempt(child, "result = 1") == Lost("exited", "exit code 0")


def test_a_lost_child_stays_lost(child: Child) -> None:
    """Each further request gets the same answer, at once."""
    first = lost(child, "import os; os._exit(5)")
    assert not child.alive
    assert attempt(child, "result = 1") == first


def test_output_is_there_after_a_crash(child: Child) -> None:
    """What was printed last is often the best explanation."""
    lost(child, "import os, sys; print('out'); print('err', file=sys.stderr); os.abort()")
    assert child.output == "out\nerr\n"


def test_output_need_not_be_text(child: Child) -> None:
    """Any byte can be printed."""
    value(child, "import os; os.write(1, bytes([0, 255])); print(chr(0xD800)); result = 1")
    assert child.output == "\x00\\xff\\ud800\n"


def test_usage_is_cpu_time(sandbox: Sandbox) -> None:
    """It grows with work, not with waiting, and is known after the end."""
    with sandbox.open() as child:
        value(child, "import time; time.sleep(0.3); result = 1")
        idle = child.usage
        value(child, "import time\nwhile time.process_time() < 0.4: pass\nresult = 1")
        busy = child.usage
    assert idle < 0.25
    assert 0.4 <= busy <= child.usage < 0.8


def test_closing_twice_is_fine_and_asking_then_is_a_bug(sandbox: Sandbox) -> None:
    """The end of a child is final."""
    child = sandbox.open()
    child.close()
    child.close()
    assert not child.alive
    with pytest.raises(ValueError, match="closed"):
        child.ask(wire.Open(b"", ()), PATIENT)
