"""Every hand-in gets exactly one report, whatever happens to processes on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.classroom.batch.ledger import Options
from grader.classroom.batch.pools import LocalPool
from grader.errors import FaultError
from grader.report import Report, Status, Timing
from tests.classroom import commands, fakes
from tests.classroom.conftest import Grade, read_reports

HandIn = Callable[..., None]


def timeless(found: dict[str, Report]) -> dict[str, Report]:
    """The reports without the part that may differ."""
    return {
        student: msgspec.structs.replace(report, timing=Timing(0, 0))
        for student, report in found.items()
    }


def test_everyone_gets_a_report(hand_in: HandIn, grade: Grade, tmp_path: Path) -> None:
    """A class of five, one of whom handed in what is no notebook."""
    hand_in(ann="score 100", bob="score 55", cem="score 0", dee="score 20", eve="nonsense")
    outcome, watcher = grade()
    found = read_reports(tmp_path / "out")
    assert {student: report.score for student, report in found.items()} == {
        "ann": 100, "bob": 55, "cem": 0, "dee": 20, "eve": 0,
    }  # fmt: skip
    assert found["eve"].status is Status.UNREADABLE
    assert (outcome.graded, outcome.reused, outcome.interrupted) == (5, 0, False)
    assert watcher.total == 5
    assert sorted(watcher.done) == [(name, False) for name in ("ann", "bob", "cem", "dee", "eve")]


def test_a_rerun_grades_only_what_is_new_or_changed(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """One of three changed, one came new."""
    log = tmp_path / "log"
    make = fakes.Make(log=str(log))
    hand_in(ann="score 100", bob="score 55", cem="score 10")
    grade(make)
    log.unlink()
    hand_in(bob="score 60", dee="score 70")
    outcome, _ = grade(make)
    assert sorted(log.read_text(encoding="utf-8").split()) == ["bob", "dee"]
    assert (outcome.graded, outcome.reused) == (2, 2)
    assert read_reports(tmp_path / "out")["bob"].score == 60


def test_a_rerun_of_the_same_changes_no_byte(hand_in: HandIn, grade: Grade, tmp_path: Path) -> None:
    """A report that holds is not even written again."""
    hand_in(ann="score 100", bob="nonsense")
    grade()
    before = {path: path.stat() for path in (tmp_path / "out" / "reports").iterdir()}
    outcome, _ = grade()
    after = {path: path.stat() for path in (tmp_path / "out" / "reports").iterdir()}
    assert outcome.reused == 2
    assert {path: stat.st_mtime_ns for path, stat in after.items()} == {
        path: stat.st_mtime_ns for path, stat in before.items()
    }


def test_a_new_rubric_grades_all_again(hand_in: HandIn, grade: Grade) -> None:
    """The key of a report is all that may change a grade; here it changes none."""
    hand_in(ann="score 100", bob="score 55")
    grade(fakes.Make(rubric="rubric-1"))
    outcome, _ = grade(fakes.Make(rubric="rubric-2"))
    assert (outcome.graded, outcome.changes) == (2, ())


def test_fresh_grades_all(hand_in: HandIn, grade: Grade) -> None:
    """Whatever is there already."""
    hand_in(ann="score 100")
    grade()
    outcome, _ = grade(fresh=True)
    assert (outcome.graded, outcome.reused) == (1, 0)


def test_a_dry_run_shows_changes_and_writes_nothing(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """Whose score changes, by how much, because of which check."""
    hand_in(ann="score 100", bob="score 55")
    grade()
    hand_in(bob="score 50")
    outcome, _ = grade(dry_run=True)
    assert read_reports(tmp_path / "out")["bob"].score == 55
    (change,) = outcome.changes
    assert (change.student, change.before, change.after, change.by) == ("bob", 55, 50, -5)
    assert change.because == (
        "another file was handed in",
        "MyHuberLoss: large errors grow linearly: passed -> failed (-5)",
    )


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b"\xff\xfe", b'{"schema_version": 1}'])
def test_a_damaged_report_is_made_again(
    hand_in: HandIn, grade: Grade, tmp_path: Path, rubbish: bytes
) -> None:
    """What is no valid report is no report."""
    hand_in(ann="score 100")
    grade()
    (tmp_path / "out" / "reports" / "ann.json").write_bytes(rubbish)
    outcome, _ = grade()
    assert outcome.graded == 1
    assert read_reports(tmp_path / "out")["ann"].score == 100


def test_a_lost_process_costs_nobody_anything(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """Who was in flight is tried again; the others never notice."""
    students = {f"s{number:02}": "score 55" for number in range(12)}
    hand_in(**students, mid=f"die-once {tmp_path / 'mark'}\nscore 80")
    outcome, watcher = grade()
    found = read_reports(tmp_path / "out")
    assert found.pop("mid").score == 80
    assert {report.score for report in found.values()} == {55}
    assert outcome.not_graded == ()
    assert any("the process that graded it was lost" in line for line in watcher.troubles)


def test_who_kills_two_processes_is_not_graded_and_never_zero(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """The second try is alone, so it is known who did it; a rerun tries again."""
    hand_in(ann="score 100", bad="die", cem="score 10", dee="score 20")
    outcome, _ = grade()
    found = read_reports(tmp_path / "out")
    assert outcome.not_graded == ("bad",)
    assert (found["bad"].status, found["bad"].score) == (Status.NOT_GRADED, None)
    assert "failed twice" in found["bad"].message
    assert [found[student].score for student in ("ann", "cem", "dee")] == [100, 10, 20]
    hand_in(bad="score 90")
    outcome, _ = grade()
    assert (outcome.graded, outcome.reused, outcome.not_graded) == (1, 3, ())


def test_nothing_new_is_started_beside_a_second_try(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """Whoever kills the next process must not take somebody along who was just unlucky."""
    hand_in(**{f"a{number}": "score 10" for number in range(4)}, bad="die")
    hand_in(b1="die", **{f"c{number}": "score 20" for number in range(6)}, d1="die", e1="score 5")
    outcome, _ = grade()
    assert outcome.not_graded == ("b1", "bad", "d1")
    found = read_reports(tmp_path / "out")
    assert {report.score for report in found.values()} == {10, 20, 5, None}


def test_a_lost_worker_is_replaced(hand_in: HandIn, grade: Grade, tmp_path: Path) -> None:
    """The pool's process stays, and starts a new grader."""
    hand_in(ann=f"fault-once {tmp_path / 'mark'}\nscore 100", bob="score 5", cem="fault")
    outcome, _ = grade()
    found = read_reports(tmp_path / "out")
    assert (found["ann"].score, found["bob"].score) == (100, 5)
    assert outcome.not_graded == ("cem",)


def test_a_grader_that_always_fails_stops_the_batch(hand_in: HandIn, grade: Grade) -> None:
    """Nobody waits a night for three hundred failures."""
    hand_in(**{f"s{number}": "fault" for number in range(9)})
    with pytest.raises(FaultError, match="5 submissions in a row"):
        grade()


def test_five_who_can_not_be_graded_stop_no_class(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """Tried again alone they fail one after the other, though others stand between them."""
    students = {f"s{number:02}": "score 10" for number in range(18)}
    hand_in(**students | {f"s{number:02}": "fault" for number in range(0, 18, 3)})
    for reused in (0, 12):
        outcome, _ = grade()
        assert outcome.not_graded == ("s00", "s03", "s06", "s09", "s12", "s15")
        assert (outcome.interrupted, outcome.reused) == (False, reused)
    assert len(read_reports(tmp_path / "out")) == 18


def test_who_failed_before_is_in_nobodys_way(hand_in: HandIn, grade: Grade, tmp_path: Path) -> None:
    """The first five stop a batch in which nothing else was done yet; the next one gets on."""
    hand_in(**{f"a{number}": "fault" for number in range(8)}, x="score 10", y="score 20")
    with pytest.raises(FaultError, match="5 submissions in a row"):
        grade()
    outcome, watcher = grade()
    assert len(outcome.not_graded) == 8
    order = [student for student, _ in watcher.done]
    assert max(order.index("x"), order.index("y")) < order.index("a0")
    found = read_reports(tmp_path / "out")
    assert [found[student].score for student in ("a0", "x", "y")] == [None, 10, 20]


def test_a_grader_that_can_not_start_stops_the_batch_at_once(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """With its own reason, and no report."""
    hand_in(ann="score 100")
    with pytest.raises(FaultError, match="bubblewrap"):
        grade(fakes.Make(broken=True))
    assert read_reports(tmp_path / "out") == {}


def test_stopping_lands_what_is_in_flight_and_a_rerun_does_the_rest(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """As Ctrl-C does."""
    hand_in(**{f"s{number:02}": "score 55\nsleep 0.05" for number in range(20)})
    asked = iter([False] * 3 + [True] * 1000)
    outcome, _ = grade(stop=lambda: next(asked))
    part = read_reports(tmp_path / "out")
    assert outcome.interrupted
    assert outcome.done == len(part) < 20
    outcome, _ = grade()
    assert not outcome.interrupted
    assert outcome.reused == len(part)
    assert len(read_reports(tmp_path / "out")) == 20


def test_the_order_and_the_number_of_processes_change_no_report(
    hand_in: HandIn, grade: Grade, tmp_path: Path
) -> None:
    """But for `timing`."""
    hand_in(**{f"s{number}": f"score {5 * number}\nsleep 0.01" for number in range(8)})
    grade()
    two = timeless(read_reports(tmp_path / "out"))
    one_process = LocalPool(1)
    try:
        from grader.classroom.batch import folder, runner
        from grader.classroom.intake import download
        from tests.classroom.conftest import Watcher

        with (
            download.opened(tmp_path / "submissions") as found,
            folder.opened(tmp_path / "one", (h.student for h in found.handins)) as out,
        ):
            turned = type(found)(found.layout, found.handins[::-1])
            runner.run(turned, out, fakes.Make(), one_process, Watcher(), Options(feedback=False))
    finally:
        one_process.stop()
    assert timeless(read_reports(tmp_path / "one")) == two


def test_a_pool_leaves_with_its_parent(tmp_path: Path) -> None:
    """A killed command leaves no process behind."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, time\n"
        "from grader.classroom.batch.pools import LocalPool\n"
        "if __name__ == '__main__':\n"
        "    pool = LocalPool(2)\n"
        "    futures = [pool.submit(time.sleep, 0.5) for _ in range(2)]\n"
        "    print(*pool._executor._processes, flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        children = [int(number) for number in parent.stdout.readline().split()]
        commands.until(lambda: all(map(commands.is_running, children)))
        parent.kill()
    assert children
    commands.until(lambda: not any(map(commands.is_running, children)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTSTP], ids=["Ctrl-C", "Ctrl-Z"])
def test_keys_are_for_the_first_process_alone(number: signal.Signals) -> None:
    """They reach pool processes too, which go on: while they stand still nobody is judged."""
    only = LocalPool(1)
    try:
        process = only.submit(os.getpid).result()
        os.kill(process, number)
        assert only.submit(os.getpid).result(timeout=20) == process
    finally:
        only.stop()
