"""Kill what you like: after a rerun everybody has one valid report, as if nothing had happened."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.classroom import commands

HandIn = Callable[..., None]
COUNT = 24

pytestmark = pytest.mark.slow


class Gates:
    """Nobody's grading ends before their gate is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def path(self, number: int) -> Path:
        """The gate of one student."""
        return self._folder / str(number)

    def open(self, count: int = COUNT) -> None:
        """Open the first so many."""
        for number in range(count):
            self.path(number).touch()

    def close(self) -> None:
        """Close all."""
        for number in range(COUNT):
            self.path(number).unlink(missing_ok=True)


@pytest.fixture
def gates(tmp_path: Path) -> Gates:
    """All closed."""
    return Gates(tmp_path / "gates")


@pytest.fixture
def submissions(hand_in: HandIn, gates: Gates, tmp_path: Path) -> Path:
    """Two dozen students, each behind a gate."""
    hand_in(**{f"s{n:02}": f"score {4 * n}\nwait-for {gates.path(n)}" for n in range(COUNT)})
    return tmp_path / "submissions"


@pytest.fixture
def undisturbed(submissions: Path, gates: Gates, tmp_path: Path) -> dict[str, object]:
    """The reports of a run that nobody disturbed; afterwards all gates are closed again."""
    gates.open()
    code, said = commands.run(submissions, tmp_path / "undisturbed")
    gates.close()
    assert code == 0, said
    return dict(commands.results(tmp_path / "undisturbed"))


def children(process: int) -> list[int]:
    """The processes that it started."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(number) for number in text.split()]


@pytest.mark.parametrize("after", [1, COUNT // 2, COUNT - 2])
def test_kill_the_command(
    submissions: Path, undisturbed: dict[str, object], gates: Gates, tmp_path: Path, after: int
) -> None:
    """At once, whenever; no process stays behind."""
    out = tmp_path / "out"
    gates.open(after)
    process = commands.start(submissions, out)
    commands.until(lambda: commands.count(out) >= after)
    pool = children(process.pid)
    process.kill()
    commands.finish(process)
    assert commands.count(out) == after
    assert pool
    gates.open()
    commands.until(lambda: not any(map(commands.is_running, pool)))
    code, said = commands.run(submissions, out)
    assert code == 0
    assert said.count("(as before)") == after
    assert commands.results(out) == undisturbed
    assert list((out / "reports").glob(".*")) == []


def test_kill_pool_processes(
    submissions: Path, undisturbed: dict[str, object], gates: Gates, tmp_path: Path
) -> None:
    """Again and again; the batch goes on by itself."""
    out = tmp_path / "out"
    process = commands.start(submissions, out)
    for number in (2, 8, 14):
        gates.open(number)
        commands.until(lambda least=number: commands.count(out) >= least)  # type: ignore[misc]
        workers = [one for one in children(process.pid) if "spawn_main" in _command(one)]
        os.kill(workers[-1], signal.SIGKILL)
        # Not before this one is missed: killed twice, its student would not be graded, and rightly.
        commands.until(lambda killed=workers[-1]: killed not in children(process.pid))  # type: ignore[misc]
    gates.open()
    code, said = commands.finish(process)
    assert code == 0, said
    assert "trying once more" in said
    assert commands.results(out) == undisturbed


def test_interrupt(
    submissions: Path, undisturbed: dict[str, object], gates: Gates, tmp_path: Path
) -> None:
    """Ctrl-C lands what flies; the rerun does the rest."""
    out = tmp_path / "out"
    gates.open(4)
    process = commands.start(submissions, out)
    commands.until(lambda: commands.count(out) >= 4)
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr is not None
    commands.until(lambda: "stopping" in process.stderr.readline())  # type: ignore[union-attr]
    gates.open()
    code, said = commands.finish(process)
    assert code == 130
    assert "Traceback" not in said
    assert commands.count(out) < COUNT
    assert not (out / "grades.csv").exists()
    assert commands.run(submissions, out)[0] == 0
    assert commands.results(out) == undisturbed


def test_interrupt_twice(submissions: Path, tmp_path: Path) -> None:
    """The second time nothing is waited for."""
    out = tmp_path / "out"
    process = commands.start(submissions, out)
    commands.until(lambda: len(children(process.pid)) >= 3)
    pool = children(process.pid)
    os.kill(process.pid, signal.SIGINT)
    assert process.stderr is not None
    commands.until(lambda: "stopping" in process.stderr.readline())  # type: ignore[union-attr]
    os.kill(process.pid, signal.SIGINT)
    commands.finish(process)
    # A killed process may still be on its way out.
    commands.until(lambda: not any(map(commands.is_running, pool)))


def test_a_full_disk(
    submissions: Path, undisturbed: dict[str, object], gates: Gates, tmp_path: Path
) -> None:
    """A limit on the size of files stands for it: exit 3, one line, and a rerun completes."""
    out = tmp_path / "out"
    gates.open()
    limited = (
        "import resource, runpy, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "runpy.run_module('tests.classroom.driver', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run(
        [commands.DRIVER[0], "-c", limited, str(submissions), str(out)],
        cwd=commands.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "could not be written (File too large)" in done.stderr.splitlines()[-1]
    assert commands.count(out) == 0
    assert commands.run(submissions, out)[0] == 0
    assert commands.results(out) == undisturbed


def test_one_process_and_four_give_the_same(
    submissions: Path, undisturbed: dict[str, object], gates: Gates, tmp_path: Path
) -> None:
    """A grade depends on nothing but the work."""
    gates.open()
    for jobs in ("1", "4"):
        out = tmp_path / jobs
        assert commands.run(submissions, out, "--jobs", jobs)[0] == 0
        assert commands.results(out) == undisturbed
        assert (out / "grades.csv").read_bytes() == (
            tmp_path / "undisturbed" / "grades.csv"
        ).read_bytes()


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Two hundred notebooks of a megabyte pass through; they are not kept."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for number in range(200):
        path = folder / f"s{number:03}.ipynb"
        path.write_bytes(b"score 50\n" + b"%d " % number * 250_000)
    process = commands.start(folder, tmp_path / "out")
    peaks: list[int] = []

    def finished() -> bool:
        peaks.append(_resident(process.pid))
        return process.poll() is not None

    commands.until(finished)
    assert commands.finish(process)[0] == 0
    assert max(peaks) < 200 * 2**20


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
