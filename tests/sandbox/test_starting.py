"""Which tier is taken, what is said when one does not work, and what outlives what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from grader.errors import TierUnavailable, WorkerLost
from grader.sandbox import Limit, Sandbox, Tier, start, survey
from grader.worker import wire
from grader.worker.walls import landlock
from tests.sandbox.asking import attempt, value
from tests.sandbox.tiers import STRONG, need, working
from tests.waiting import happens

pytestmark = pytest.mark.wall

QUICK = Limit(cpu_seconds=5, wall_seconds=30)


def gone(pid: int) -> bool:
    """Whether the process is dead, or soon is."""

    def dead() -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        return state == "Z"  # dead; its parent, the judge, has not looked yet

    return happens(dead)


def busy(process: psutil.Process) -> bool:
    """Whether it is past its start and has work to do."""
    try:
        return float(process.cpu_times().user) > 0.1
    except psutil.NoSuchProcess:
        return False


def test_strong_tiers_work_wherever_the_system_has_what_they_need() -> None:
    """The other tests take the tiers that work; this one notices if that should be more."""
    works = set(working())
    assert Tier.PROCESS in works
    try:
        has_landlock = landlock.version() > 0
    except OSError:
        has_landlock = False
    assert (Tier.LANDLOCK in works) == has_landlock
    plain = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    try:
        has_namespaces = subprocess.run(plain, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        has_namespaces = False
    assert (Tier.BUBBLEWRAP in works) == (has_namespaces and has_landlock)


def test_the_strongest_tier_is_taken(folder: Path) -> None:
    """Unless told otherwise."""
    with start(folder=folder) as sandbox:
        assert sandbox.tier is working()[0]


def test_without_bubblewrap_the_next_tier_is_taken_and_the_named_one_is_an_error(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """Never silently weaker: who asks for one gets that one or an error."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(TierUnavailable, match="bwrap is not installed") as caught:
        start(Tier.BUBBLEWRAP, folder)
    assert "Install the package `bubblewrap`" in str(caught.value)
    left = [report.tier for report in survey() if report.works]
    with start(folder=folder) as sandbox:
        assert sandbox.tier is left[0] is not Tier.BUBBLEWRAP
        assert bool(sandbox.warning) == (sandbox.tier is Tier.PROCESS)


def test_a_bubblewrap_that_may_not_do_its_work_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    """Systems forbid namespaces in many ways; what bubblewrap says names the one."""
    program = tmp_path / "bwrap"
    program.write_text(
        "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2; exit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TierUnavailable, match="bwrap: setting up uid map: Permission denied"):
        start(Tier.BUBBLEWRAP, folder)


def test_a_bubblewrap_that_lets_everything_through_is_not_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    """A wall is believed after a child has run against it, not because a program started."""
    program = tmp_path / "bwrap"
    program.write_text('#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(TierUnavailable):
        start(Tier.BUBBLEWRAP, folder)


def test_the_process_tier_warns(folder: Path) -> None:
    """Whoever asks for it is told what it does not stop."""
    with start(Tier.PROCESS, folder) as sandbox:
        assert "can read files and use the network" in sandbox.warning


def test_versions_are_the_worker_s(sandbox: Sandbox) -> None:
    """They are what its own interpreter says."""
    assert sandbox.versions.python.startswith(f"3.{sys.version_info.minor}.")
    assert (sandbox.versions.tensorflow, sandbox.versions.keras) == ("0.1", "0.2")


def test_a_worker_that_cannot_import_tensorflow_says_why(folder: Path, tmp_path: Path) -> None:
    """Our fault, one line, no score."""
    broken = tmp_path / "worker"
    subprocess.run(["cp", "-rp", str(folder), str(broken)], check=True)
    (broken / "answering" / "runtime.py").write_text(
        "def load():\n    import tensorflow_is_not_here\n"
    )
    with (
        start(Tier.PROCESS, broken) as sandbox,
        pytest.raises(WorkerLost, match="No module named 'tensorflow_is_not_here'"),
    ):
        sandbox.open()


def test_after_a_worker_is_lost_the_next_child_comes_from_a_new_one(sandbox: Sandbox) -> None:
    """One submission is told; the next does not notice."""
    with sandbox.open() as child:
        os.kill(zygote_of(sandbox), signal.SIGKILL)
        with pytest.raises(WorkerLost):
            attempt(child, "while True: pass")
    with sandbox.open() as child:
        assert value(child, "result = 1") == 1


def test_a_worker_lost_between_two_submissions_is_replaced(sandbox: Sandbox) -> None:
    """Nobody is told."""
    with sandbox.open():
        pass
    pid = zygote_of(sandbox)
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    with sandbox.open() as child:
        assert value(child, "result = 1") == 1


def zygote_of(sandbox: Sandbox) -> int:
    """The number of the worker's process, found from outside: the parent of a child."""
    with sandbox.open() as child:
        child.ask(wire.Open(b"", ()), QUICK)
        inside = child._process._number
        fields = Path(f"/proc/{inside}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1])


def test_nothing_is_left_after_closing(folder: Path) -> None:
    """No process, no folder."""
    for tier in working():
        sandbox = start(tier, folder)
        with sandbox.open() as child:
            mark = value(child, "import os; open('mark', 'w').close(); result = os.getcwd()")
        pid = zygote_of(sandbox)
        sandbox.close()
        assert gone(pid)
        assert not Path(mark).exists()
        assert not Path(mark).parent.exists()
        sandbox.close()


def test_leftover_processes_of_the_weakest_tier_are_ended(folder: Path) -> None:
    """Where a child can start processes, they die with it, however they hide."""
    daemon = (
        "import os, time\n"
        "read, write = os.pipe()\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        os.write(write, str(os.getpid()).encode())\n"
        "        time.sleep(1000)\n"
        "    os._exit(0)\n"
        "result = int(os.read(read, 20))"
    )
    with start(Tier.PROCESS, folder) as sandbox:
        with sandbox.open() as child:
            pid = value(child, daemon)
        assert gone(pid)


def test_the_worker_ends_with_a_judge_that_is_killed(sandbox: Sandbox, folder: Path) -> None:
    """Even with a child in an endless loop."""
    script = (
        "import sys; from pathlib import Path\n"
        "from grader.sandbox import Limit, Tier, start\n"
        "from grader.worker import wire\n"
        "from tests.sandbox.test_starting import zygote_of\n"
        f"sandbox = start(Tier({sandbox.tier.value!r}), Path({str(folder)!r}))\n"
        "print(zygote_of(sandbox), flush=True)\n"
        "child = sandbox.open()\n"
        "child.ask(wire.Open(b'while True: pass', ()), Limit(600, 600))\n"
    )
    judge = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with judge:
        assert judge.stdout is not None
        pid = int(judge.stdout.readline())
        assert happens(lambda: any(busy(child) for child in psutil.Process(pid).children()))
        judge.kill()
    assert gone(pid)


@pytest.mark.parametrize("edition", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("tier", STRONG)
def test_older_kernels_know_less_and_hold_as_well(
    folder: Path, tmp_path: Path, tier: Tier, edition: int
) -> None:
    """What an older Landlock does not cover, the system-call filter refuses."""
    need(tier)
    older = tmp_path / "worker"
    subprocess.run(["cp", "-rp", str(folder), str(older)], check=True)
    module = older / "walls" / "landlock.py"
    ask = "return kernel.call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)"
    source = module.read_text()
    assert ask in source
    module.write_text(source.replace(ask, f"return {edition}"))
    attempts = (
        "os.kill(os.getppid(), 9)",
        "socket.socket()",
        "os.truncate(os.__file__, 0)",
        "os.rename('mine', '../other')",
        "open('/etc/passwd')",
        f"open({__file__!r})",
    )
    with start(tier, older) as sandbox, sandbox.open() as child:
        value(child, "import os, socket; open('mine', 'w').close(); result = 1")
        for attempted in attempts:
            tried = f"try: {attempted}; result = 'done'\nexcept OSError: result = 'refused'"
            assert value(child, tried) == "refused", attempted


def test_a_system_without_pidfds_is_served_too(folder: Path, tmp_path: Path) -> None:
    """What a worker does where there are none, tried here: it tells deaths and kills by itself."""
    portable = tmp_path / "worker"
    subprocess.run(["cp", "-rp", str(folder), str(portable)], check=True)
    zygote = portable / "zygote.py"
    source = zygote.read_text()
    assert "return [os.pidfd_open(pid)]" in source
    zygote.write_text(source.replace("return [os.pidfd_open(pid)]", "return []"))
    with start(Tier.PROCESS, portable) as sandbox:
        for source, reason in (
            ("import os; os._exit(1)", "exited"),
            ("import time; time.sleep(1000)", "timeout"),
            ("x = 1", ""),
        ):
            with sandbox.open() as child:
                outcome = attempt(child, source, Limit(cpu_seconds=5, wall_seconds=1))
                assert getattr(outcome, "reason", "") == reason
