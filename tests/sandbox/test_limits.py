"""Every limit is hit once, in every tier; each ends with a word that names it."""

from __future__ import annotations

import math

import pytest

from grader.sandbox import Child, Limit, Sandbox, Tier
from grader.sandbox.resources.limits import (
    CPU_SECONDS,
    FILE_SIZE,
    FILES_MOST,
    OPEN_FILES,
    OUTPUT_KEPT,
    THREADS_MOST,
)
from tests.sandbox.asking import attempt, lost, value

pytestmark = pytest.mark.wall

SHORT = Limit(cpu_seconds=0.5, wall_seconds=60)
IMPATIENT = Limit(cpu_seconds=60, wall_seconds=0.5)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("while True: pass", id="a loop in Python"),
        pytest.param("sum(range(10**13))", id="a loop in C"),
        pytest.param("import re; re.match('(a*)*b', 'a' * 60)", id="a regular expression"),
        pytest.param("result = 7 ** (10 ** 9)", id="one huge number"),
        pytest.param(
            "import signal\n"
            "for number in range(1, 32):\n"
            "    if number not in (9, 19): signal.signal(number, signal.SIG_IGN)\n"
            "while True: pass",
            id="a loop deaf to signals",
        ),
        pytest.param(
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
            id="a loop that catches everything",
        ),
        pytest.param(
            "import threading, hashlib\n"
            "def burn():\n"
            "    while True: hashlib.sha256(bytes(10**6))\n"
            "threads = [threading.Thread(target=burn) for _ in range(4)]\n"
            "[thread.start() for thread in threads]\n"
            "[thread.join() for thread in threads]",
            id="four threads",
        ),
    ],
)
def test_cpu_time_runs_out(child: Child, source: str) -> None:
    """Whatever burns the CPU is ended soon after its share is used up."""
    outcome = lost(child, source, SHORT)
    assert (outcome.reason, outcome.detail) == ("timeout", "more than 0.5 s of CPU time")
    assert 0.5 <= child.usage < 1.5


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import time; time.sleep(1000)", id="sleeping"),
        pytest.param("import threading; threading.Event().wait()", id="waiting for nothing"),
        pytest.param("import os; os.read(3, 1)", id="waiting for the judge"),
    ],
)
def test_wall_time_runs_out(child: Child, source: str) -> None:
    """Whatever waits is ended too."""
    outcome = lost(child, source, IMPATIENT)
    assert (outcome.reason, outcome.detail) == ("timeout", "no answer in 0.5 s")


def test_cpu_time_of_a_whole_life_is_limited_by_the_kernel(child: Child) -> None:
    """Should the judge fail to look, the kernel ends the child."""
    limits = value(child, "import resource; result = resource.getrlimit(resource.RLIMIT_CPU)")
    assert limits == (CPU_SECONDS, CPU_SECONDS + 1)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = bytearray(100 * 2**30)", id="100 GB at once"),
        pytest.param("x = []\nwhile True: x.append(bytearray(2**24))", id="16 MB at a time"),
        pytest.param("x = [0]\nwhile True: x += x", id="a list that doubles"),
    ],
)
def test_memory_runs_out(child: Child, source: str) -> None:
    """Python's own MemoryError ends the child, and is named."""
    assert lost(child, source).reason == "memory"


def test_memory_error_that_is_caught_harms_nobody(child: Child) -> None:
    """The limit is the kernel's: who catches the error still can't have the memory."""
    source = (
        "blocks = []\n"
        "try:\n"
        "    while True: blocks.append(bytearray(2**26))\n"
        "except MemoryError: result = len(blocks)"
    )
    assert 4 <= value(child, source) <= 16


def test_shared_memory_is_no_way_around_the_limit(sandbox: Sandbox, child: Child) -> None:
    """Memory that is shared is not counted as a process' data: refused, or bounded otherwise."""
    source = (
        "import mmap\n"
        "blocks = []\n"
        "try:\n"
        "    while len(blocks) < 64: blocks.append(mmap.mmap(-1, 2**27))\n"
        "except OSError: pass\n"
        "result = len(blocks)"
    )
    assert value(child, source) <= (24 if sandbox.tier is Tier.PROCESS else 0)


def test_recursion_without_end(child: Child) -> None:
    """Python's guard against it can be switched off; the stack ends all the same."""
    source = (
        "import sys; sys.setrecursionlimit(10**9)\n"
        "class Deep:\n"
        "    def __eq__(self, other): return [self] == [other]\n"
        "Deep() == Deep()"
    )
    assert lost(child, source).reason in ("crashed", "memory", "timeout")


def test_threads_run_out(sandbox: Sandbox, child: Child) -> None:
    """A thread bomb stops: it is refused more, or ended."""
    source = (
        "import threading, time\n"
        "threading.stack_size(2**16)\n"
        "result = 0\n"
        "while True:\n"
        "    try: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n"
        "    except RuntimeError: break\n"
        "    result += 1\n"
        "    time.sleep(0.001)"
    )
    outcome = attempt(child, source)
    if isinstance(outcome, str):
        assert int(outcome) < 200
    else:
        assert outcome.detail == f"started more than {THREADS_MOST} threads"


def test_open_files_run_out(child: Child) -> None:
    """Not more than a few files at a time."""
    source = (
        "files = []\n"
        "try:\n"
        "    while True: files.append(open('/dev/null'))\n"
        "except OSError as error: result = error.errno, len(files)"
    )
    errno, count = value(child, source)
    assert errno == 24
    assert count < OPEN_FILES


def test_a_file_stays_small(child: Child) -> None:
    """One file can't grow beyond its limit."""
    source = (
        "import os\n"
        "with open('big', 'wb') as stream:\n"
        "    try:\n"
        "        while True: stream.write(bytes(2**20)); stream.flush()\n"
        "    except OSError as error: result = error.errno, os.path.getsize('big')"
    )
    assert value(child, source) == (27, FILE_SIZE)


def test_the_disk_does_not_fill_up(child: Child) -> None:
    """Many files are limited as well: the folder is full, or the child is ended."""
    source = (
        "import os\n"
        "try:\n"
        "    for number in range(10**6):\n"
        "        with open(str(number), 'wb') as stream: stream.write(bytes(2**23))\n"
        "except OSError as error: result = error.errno"
    )
    outcome = attempt(child, source)
    if isinstance(outcome, str):
        assert outcome == "28"
    else:
        assert (outcome.reason, outcome.detail) == ("output", "wrote more than 64 MiB to disk")


MANY_FILES = """
import os
def made(count):
    for n in range(count):
        os.close(os.open(f'f{n}', os.O_CREAT | os.O_WRONLY))
"""


def test_empty_files_are_no_way_to_fill_a_disk(sandbox: Sandbox) -> None:
    """They weigh nothing, and the system's own memory is full of them in the end."""
    with sandbox.open() as child:
        outcome = lost(child, f"{MANY_FILES}made(10**9)\n")
    assert (outcome.reason, outcome.detail) == ("output", f"made more than {FILES_MOST} files")
    with sandbox.open() as fresh:
        assert value(fresh, "import os; result = os.listdir('.')") == []


def test_a_few_files_are_nothing(child: Child) -> None:
    """TensorFlow writes one for each function that it turns into a graph."""
    source = f"{MANY_FILES}made({FILES_MOST})\nimport time; time.sleep(0.2); result = 1"
    assert value(child, source) == 1


def test_how_many_files_there_are_costs_the_judge_nothing(child: Child) -> None:
    """Whatever a child has made before somebody looks, no more than the cap is looked at."""
    process = child._process
    value(child, f"{MANY_FILES}made({FILES_MOST})\nresult = 1")
    assert process._written()[0] == FILES_MOST
    process._looked_at = math.inf  # nobody looks while ten times as many are made
    value(child, f"{MANY_FILES}made({FILES_MOST * 10})\nresult = 1", Limit(60, 60))
    files, _ = process._written()
    assert files == FILES_MOST + 1 if process.pipes.scratch is not None else files > FILES_MOST


def test_a_flood_of_prints_ends_the_child(child: Child) -> None:
    """The judge reads along, and ends it when it is too much."""
    outcome = lost(child, "while True: print('x' * 10000)")
    assert (outcome.reason, outcome.detail) == ("output", "printed more than 16 MiB")


def test_only_the_beginning_of_what_is_printed_is_kept(child: Child) -> None:
    """A chatty answer is no mistake; it is cut."""
    assert value(child, "print('a' * 10**6); result = 'fine'") == "fine"
    assert child.output == "a" * OUTPUT_KEPT


@pytest.mark.parametrize("name", ["CPU", "AS", "DATA", "FSIZE", "NOFILE", "NPROC", "CORE"])
def test_limits_cannot_be_raised(child: Child, name: str) -> None:
    """Each hard limit stands."""
    source = (
        "import resource\n"
        f"kind = resource.RLIMIT_{name}\n"
        "soft, hard = resource.getrlimit(kind)\n"
        "try: resource.setrlimit(kind, (hard, hard + 1)); result = 'raised'\n"
        "except (OSError, ValueError): result = 'refused'"
    )
    assert value(child, source) == "refused"


def test_a_child_after_each_of_these_is_like_new(sandbox: Sandbox) -> None:
    """Nothing that a child used up is missing afterwards."""
    for source in (
        "x = bytearray(2**40)",
        "while True: print('x' * 10000)",
        "import os; os.abort()",
    ):
        with sandbox.open() as spent:
            lost(spent, source)
    with sandbox.open() as fresh:
        assert value(fresh, "import os; result = os.listdir('.'), 1 + 1") == ([], 2)
