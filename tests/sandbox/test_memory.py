"""What a machine or container lets the grader have, and who goes first when it is used up."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.batch import pools
from grader.sandbox import Child, Limit, Lost, Sandbox, Tier
from grader.sandbox.resources import memory
from grader.sandbox.resources.limits import DATA, GROWTH, MIB
from tests.sandbox.asking import attempt, lost, value

V1 = "36 25 0:30 {mounted} {top} rw,relatime - cgroup cgroup rw,memory\n"
V2 = "30 25 0:26 {mounted} {top} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"


def machine(root: Path, cgroup: str, mountinfo: str, **limits: str) -> Path:
    """A root folder in which these control groups are shown; a limit's name is its path."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(cgroup)
    (root / "proc/self/mountinfo").write_text(mountinfo)
    for path, limit in limits.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(limit + "\n")
    return root


@pytest.mark.parametrize(
    ("cgroup", "mountinfo", "limits"),
    [
        pytest.param(
            "0::/user/app\n",
            V2.format(mounted="/", top="/sys/fs/cgroup"),
            {"sys/fs/cgroup/user/app/memory.max": "805306368"},
            id="version 2",
        ),
        pytest.param(
            "0::/\n",
            V2.format(mounted="/", top="/sys/fs/cgroup"),
            {"sys/fs/cgroup/memory.max": "805306368"},
            id="version 2, a namespace of its own",
        ),
        pytest.param(
            "0::/user/app\n",
            V2.format(mounted="/", top="/sys/fs/cgroup"),
            {
                "sys/fs/cgroup/user/app/memory.max": "max",
                "sys/fs/cgroup/user/memory.max": "805306368",
            },
            id="version 2, the limit one further out",
        ),
        pytest.param(
            "5:cpu:/\n4:memory:/job/app\n",
            V1.format(mounted="/", top="/sys/fs/cgroup/memory"),
            {"sys/fs/cgroup/memory/job/app/memory.limit_in_bytes": "805306368"},
            id="version 1",
        ),
        pytest.param(
            "4:memory:/job/app\n",
            V1.format(mounted="/", top="/sys/fs/cgroup/memory"),
            {
                "sys/fs/cgroup/memory/job/app/memory.limit_in_bytes": "9223372036854771712",
                "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "805306368",
            },
            id="version 1, the limit one further out",
        ),
        pytest.param(
            "4:memory:/docker/abc\n",
            V1.format(mounted="/docker/abc", top="/sys/fs/cgroup/memory"),
            {"sys/fs/cgroup/memory/memory.limit_in_bytes": "805306368"},
            id="version 1, inside a container",
        ),
        pytest.param(
            "0::/../../elsewhere\n",
            V2.format(mounted="/", top="/sys/fs/cgroup"),
            {"sys/fs/cgroup/memory.max": "805306368"},
            id="version 2, a group outside of what is shown",
        ),
        pytest.param(
            "4:memory:/app\n0::/app\n",
            V1.format(mounted="/", top="/sys/fs/cgroup/memory")
            + V2.format(mounted="/", top="/sys/fs/cgroup/unified"),
            {"sys/fs/cgroup/memory/app/memory.limit_in_bytes": "805306368"},
            id="both versions, memory in the first",
        ),
    ],
)
def test_a_containers_limit_is_found(
    tmp_path: Path, cgroup: str, mountinfo: str, limits: dict[str, str]
) -> None:
    """However its control group is named, nested and mounted."""
    assert memory.limited_to(machine(tmp_path, cgroup, mountinfo, **limits)) == 768 * MIB


@pytest.mark.parametrize("cgroup", ["", "0::/\n", "4:memory:/app\n"])
def test_without_a_container_the_machine_is_the_limit(tmp_path: Path, cgroup: str) -> None:
    """As where no control group is mounted."""
    limit = memory.limited_to(machine(tmp_path, cgroup, ""))
    assert limit is not None
    assert limit > 256 * MIB


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(None, GROWTH, id="nobody knows"),
        pytest.param(64 * 1024 * MIB, GROWTH, id="a large machine"),
        pytest.param(768 * MIB, 256 * MIB, id="a small container"),
        pytest.param(512 * MIB, memory.LEAST, id="a smaller one"),
    ],
)
def test_a_child_may_have_what_there_is(
    monkeypatch: pytest.MonkeyPatch, limit: int | None, expected: int
) -> None:
    """The usual limit, or what is left beside judge and worker."""
    monkeypatch.setattr(memory, "limited_to", lambda: limit)
    assert memory.growth(GROWTH) == expected


READ_ONLY = """
import ctypes, mmap
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
held = 0
while held < 40:
    place = libc.mmap(None, 2**26, 3, 34, -1, 0)
    if place in (None, 2**64 - 1): break
    ctypes.memset(place, 1, 2**26)
    libc.mprotect(ctypes.c_void_p(place), 2**26, 1)
    held += 1
result = held * 2**26
"""


@pytest.mark.wall
def test_memory_made_read_only_counts(child: Child) -> None:
    """It is no data any more, and still held: found out, or refused as address space."""
    reply = value_or_lost(child, READ_ONLY)
    assert reply == "memory" or int(reply) < DATA + 3 * 2**28


def value_or_lost(child: Child, source: str) -> str:

    outcome = attempt(child, source, Limit(cpu_seconds=20, wall_seconds=60))
    return outcome.reason if isinstance(outcome, Lost) else outcome


@pytest.mark.wall
def test_memory_that_stays_resident_is_seen(child: Child) -> None:
    """Whatever the kernel's limits count, the judge counts what is there."""
    source = READ_ONLY + "import time\nwhile True: time.sleep(0.01)\n"
    assert lost(child, source).reason == "memory"


@pytest.mark.wall
def test_a_child_is_ended_before_its_worker_and_that_before_all_else(sandbox: Sandbox) -> None:
    """When the kernel has to choose."""
    with sandbox.open() as child:
        born = child._process
        child_score = int(Path(f"/proc/{born._number}/oom_score_adj").read_text())
        inside = (
            value(child, "result = open('/proc/self/oom_score_adj').read()")
            if sandbox.tier is Tier.PROCESS
            else "1000\n"
        )
        status = Path(f"/proc/{born._number}/status").read_text()
        parent = next(line.split()[1] for line in status.splitlines() if line.startswith("PPid:"))
        worker_score = int(Path(f"/proc/{parent}/oom_score_adj").read_text())
        own_score = int(Path("/proc/self/oom_score_adj").read_text())
    assert inside == "1000\n"
    assert own_score <= worker_score < child_score == 1000


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, 8), (64 * 1024, 8), (3 * 1024, 4), (768, 1), (512, 1)]
)
def test_no_more_jobs_than_there_is_memory_for(
    monkeypatch: pytest.MonkeyPatch, limit: int | None, expected: int
) -> None:
    """Eight cores are of no use to a container of 768 MB."""
    monkeypatch.setattr(pools, "cores", lambda: 8)
    monkeypatch.setattr(memory, "limited_to", lambda: None if limit is None else limit * MIB)
    assert pools.places() == expected
