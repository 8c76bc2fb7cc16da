"""The same class on a Dask cluster, whatever dies there. Each part is a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import pytest

from grader.classroom.batch.pools import DaskPool
from grader.errors import UsageError
from tests.classroom import commands

pytestmark = pytest.mark.cluster
HandIn = Callable[..., None]
COUNT = 16


class Cluster:
    """A scheduler and its workers, on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "scheduler.log"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            log=self._log,
            environment={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"},
        )  # fmt: skip
        commands.until(lambda: self._found() is not None)
        self.address = f"tcp://{self._found()}"
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker, without a nanny that would start it again."""
        number = len(self.workers)
        worker = self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self._folder / f"worker{number}"),
            log=self._folder / f"worker{number}.log",
            environment=environment,
        )  # fmt: skip
        self.workers.append(worker)
        log = self._folder / f"worker{number}.log"
        commands.until(lambda: b"Registered to" in log.read_bytes())
        return worker

    def stop(self) -> None:
        """End every process."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(
        self, *command: str, log: Path, environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        with log.open("wb") as stream:
            return subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
                cwd=commands.ROOT,
                stdout=stream,
                stderr=stream,
                env={**os.environ, **(environment or {})},
            )

    def _found(self) -> str | None:
        text = self._log.read_text(encoding="utf-8", errors="replace")
        found = re.search(r"Scheduler at:\s+tcp://(\S+)", text)
        return found[1] if found else None


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    made = Cluster(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def submissions(hand_in: HandIn, tmp_path: Path) -> Path:
    """Students behind a gate each."""
    (tmp_path / "gates").mkdir()
    gate = tmp_path / "gates"
    hand_in(**{f"s{n:02}": f"score {6 * n}\nwait-for {gate / str(n)}" for n in range(COUNT)})
    return tmp_path / "submissions"


def open_gates(tmp_path: Path, count: int = COUNT) -> None:
    """Let the first so many finish."""
    for number in range(count):
        (tmp_path / "gates" / str(number)).touch()


def expected(submissions: Path, tmp_path: Path) -> dict[str, object]:
    """What one process here makes of it."""
    open_gates(tmp_path)
    assert commands.run(submissions, tmp_path / "local", "--jobs", "1")[0] == 0
    return dict(commands.results(tmp_path / "local"))


def test_two_workers_give_what_one_process_gives(
    cluster: Cluster, submissions: Path, tmp_path: Path
) -> None:
    """Submissions travel as bytes; nothing but results comes back."""
    want = expected(submissions, tmp_path)
    cluster.add_worker()
    cluster.add_worker()
    code, said = commands.run(submissions, tmp_path / "out", "--scheduler", cluster.address)
    assert code == 0, said
    assert commands.results(tmp_path / "out") == want
    assert (tmp_path / "out" / "grades.csv").read_bytes() == (
        tmp_path / "local" / "grades.csv"
    ).read_bytes()


def test_a_worker_that_dies(cluster: Cluster, submissions: Path, tmp_path: Path) -> None:
    """Another one takes its work; the batch never notices, or tries once more."""
    out = tmp_path / "out"
    cluster.add_worker()
    victim = cluster.add_worker()
    open_gates(tmp_path, 4)
    process = commands.start(submissions, out, "--scheduler", cluster.address)
    commands.until(lambda: commands.count(out) >= 4)
    victim.kill()
    open_gates(tmp_path)
    code, said = commands.finish(process)
    assert code == 0, said
    assert commands.results(out) == expected(submissions, tmp_path)


def test_the_scheduler_dies(cluster: Cluster, submissions: Path, tmp_path: Path) -> None:
    """One line and exit 3; what is graded stays, and a rerun here completes it."""
    out = tmp_path / "out"
    cluster.add_worker()
    open_gates(tmp_path, 4)
    process = commands.start(submissions, out, "--scheduler", cluster.address)
    commands.until(lambda: commands.count(out) >= 4)
    cluster.scheduler.kill()
    code, said = commands.finish(process)
    assert code == 3, said
    assert "the Dask scheduler at" in said.splitlines()[-1]
    assert commands.count(out) == 4
    want = expected(submissions, tmp_path)
    code, said = commands.run(submissions, out)
    assert (code, said.count("(as before)")) == (0, 4)
    assert commands.results(out) == want


def test_who_kills_workers_is_not_graded(cluster: Cluster, hand_in: HandIn, tmp_path: Path) -> None:
    """The others are, as long as workers are left."""
    hand_in(ann="score 100", bad="die", cem="score 10")
    for _ in range(4):
        cluster.add_worker()
    code, said = commands.run(
        tmp_path / "submissions", tmp_path / "out", "--scheduler", cluster.address
    )
    assert code == 3, said
    found = commands.results(tmp_path / "out")
    assert {student: report.score for student, report in found.items()} == {
        "ann": 100, "bad": None, "cem": 10,
    }  # fmt: skip


def test_workers_that_are_not_alike(cluster: Cluster, hand_in: HandIn, tmp_path: Path) -> None:
    """Nothing is graded on machines that may grade differently."""
    hand_in(ann="score 100", bob="score 50")
    cluster.add_worker()
    cluster.add_worker(FAKE_RUBRIC="another")
    code, said = commands.run(
        tmp_path / "submissions", tmp_path / "out", "--scheduler", cluster.address
    )
    assert code == 3
    assert "the workers are not alike" in said
    assert commands.count(tmp_path / "out") == 0


@pytest.mark.wall
def test_the_real_grader_on_two_workers(cluster: Cluster, project: Path, tmp_path: Path) -> None:
    """The command itself, with a sandbox in each worker."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("solutions", "assignment"):
        data = (project / name / "custom_losses.ipynb").read_bytes()
        (folder / f"{name}.ipynb").write_bytes(data)
    cluster.add_worker()
    cluster.add_worker()
    command = (sys.executable, "-m", "grader", "batch")
    options = ("--isolation", "process", "--no-feedback")
    code, said = commands.run(
        folder, tmp_path / "out", "--scheduler", cluster.address, *options, command=command
    )
    assert code == 0, said
    found = commands.results(tmp_path / "out")
    assert {student: report.score for student, report in found.items()} == {
        "assignment": 0,
        "solutions": 100,
    }
    assert commands.run(folder, tmp_path / "local", *options, command=command)[0] == 0
    assert commands.results(tmp_path / "local") == found


@pytest.mark.parametrize("address", ["headnode", "http://x:1", "tcp://x", "tcp://x:99999"])
def test_an_address_that_is_none(address: str) -> None:
    """At once, and with what one looks like."""
    with pytest.raises(UsageError, match="should be tcp://HOST:PORT"):
        DaskPool(address)


@pytest.mark.parametrize(
    ("certificate", "problem"), [("", "has none"), ("/no/such.pem", "No such file")]
)
def test_tls_needs_certificates(certificate: str, problem: str) -> None:
    """They stand in Dask's own configuration."""
    tls = "distributed.comm.tls"
    there = dict.fromkeys((f"{tls}.ca-file", f"{tls}.client.cert"), certificate or None)
    with dask.config.set(there), pytest.raises(UsageError, match=problem):
        DaskPool("tls://127.0.0.1:8786")


def test_no_scheduler(hand_in: HandIn, tmp_path: Path) -> None:
    """Is said, and nothing waits for one to come."""
    hand_in(ann="score 1")
    code, said = commands.run(
        tmp_path / "submissions", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1"
    )
    assert code == 3
    assert said.splitlines()[-1].startswith("no Dask scheduler answers at tcp://127.0.0.1:1")
