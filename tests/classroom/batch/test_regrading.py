"""A regrade is looked at first: `--diff` shows it, and the next batch puts it into force."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import FaultError
from grader.report import Status
from tests.classroom import commands, fakes
from tests.classroom.conftest import Grade, read_reports

HandIn = Callable[..., None]


def everything(out: Path) -> dict[str, bytes]:
    """What counts in a batch's folder: all files but what waits beside it."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".regrade" not in path.parts
    }


@pytest.fixture
def graded(hand_in: HandIn, grade: Grade, tmp_path: Path) -> Path:
    """Three students with pages, of whom one then hands in something else."""
    hand_in(ann="score 100", bob="score 55", cem="score 20")
    grade(fakes.Make(feedback=True), feedback=True)
    hand_in(bob="score 50")
    return tmp_path / "out"


def test_a_look_changes_nothing_that_counts(graded: Path, grade: Grade) -> None:
    """Not a byte, and the table says whose score would change and why."""
    before = everything(graded)
    outcome, _ = grade(diff=True)
    assert everything(graded) == before
    (change,) = outcome.changes
    assert (change.student, change.before, change.after) == ("bob", 55, 50)
    assert "MyHuberLoss: large errors grow linearly: passed -> failed (-5)" in change.because


def test_who_came_and_who_went_is_told(
    graded: Path, grade: Grade, hand_in: HandIn, tmp_path: Path
) -> None:
    """With the scores they have or had; in a class that was never graded nobody is new."""
    hand_in(dee="score 70")
    (tmp_path / "submissions" / "ann.ipynb").unlink()
    for look in ({"diff": True}, {"dry_run": True}):
        outcome, _ = grade(**look)
        assert [(one.student, one.before, one.after) for one in outcome.arrived] == [
            ("dee", None, 70)
        ]
        assert [(one.student, one.before, one.after) for one in outcome.departed] == [
            ("ann", 100, None)
        ]
    shutil.rmtree(graded)
    outcome, _ = grade(diff=True)
    assert (outcome.arrived, outcome.departed, outcome.is_first) == ((), (), True)


def test_who_goes_by_another_name_is_found_by_the_file(
    graded: Path, grade: Grade, tmp_path: Path
) -> None:
    """One is gone and one is new; the same bytes say who it may be."""
    ann = tmp_path / "submissions" / "ann.ipynb"
    ann.rename(ann.with_name("anna.ipynb"))
    outcome, _ = grade(dry_run=True)
    assert [one.student for one in outcome.arrived] == ["anna"]
    (gone,) = outcome.departed
    assert (gone.student, gone.because[1:]) == ("ann", ("anna is new with the same file",))
    assert read_reports(graded).keys() == {"ann", "bob", "cem"}


def damage(path: Path, version: int) -> None:
    """Make a report one of another version of the grader."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"schema_version": 1', f'"schema_version": {version}'), encoding="utf-8"
    )


def test_a_report_of_another_version_is_no_new_student(graded: Path, grade: Grade) -> None:
    """Nobody says that Ann came; where that is all there is, nobody is compared."""
    damage(graded / "reports" / "ann.json", 0)
    outcome, _ = grade(diff=True)
    assert [(one.student, one.before, one.after) for one in outcome.changes] == [
        ("ann", None, 100),
        ("bob", 55, 50),
    ]
    assert outcome.changes[0].because == ("the report from before can't be read",)
    assert outcome.arrived == ()
    for path in (graded / "reports").glob("*.json"):
        damage(path, 0)
    outcome, _ = grade(diff=True)
    assert (outcome.changes, outcome.arrived, outcome.unread) == ((), (), 3)


def test_the_next_batch_takes_it_over_and_grades_nothing_twice(
    graded: Path, grade: Grade, tmp_path: Path
) -> None:
    """What was shown is what is written, page and all."""
    log = tmp_path / "log"
    make = fakes.Make(feedback=True, log=str(log))
    page = graded / "feedback" / "bob.html"
    page.write_text("an old page", encoding="utf-8")
    shown, _ = grade(make, diff=True, feedback=True)
    assert log.read_text(encoding="utf-8").split() == ["bob"]
    outcome, _ = grade(make, feedback=True)
    assert log.read_text(encoding="utf-8").split() == ["bob"]
    assert (outcome.graded, outcome.reused, outcome.changes) == (0, 3, shown.changes)
    assert read_reports(graded)["bob"].score == 50
    assert page.read_text(encoding="utf-8") == fakes.page(read_reports(graded)["bob"])
    assert not (graded / ".regrade").exists()
    assert grade(make, feedback=True)[0].changes == ()


def test_a_look_gets_past_those_that_can_not_be_graded(
    graded: Path, hand_in: HandIn, grade: Grade
) -> None:
    """They are kept beside as well, and come last the next time."""
    hand_in(**{f"a{number}": "fault" for number in range(8)})
    with pytest.raises(FaultError, match="5 submissions in a row"):
        grade(diff=True, feedback=True)
    outcome, _ = grade(diff=True, feedback=True)
    assert [change.student for change in outcome.changes if change.before is not None] == ["bob"]
    assert len(outcome.not_graded) == 8
    assert set(read_reports(graded)) == {"ann", "bob", "cem"}


def test_looking_twice_grades_once(graded: Path, grade: Grade, tmp_path: Path) -> None:
    """Interrupted or not, a second look goes on where the first one was; so does a dry run."""
    log = tmp_path / "log"
    make = fakes.Make(log=str(log))
    first, _ = grade(make, diff=True)
    for again in ({"diff": True}, {"dry_run": True}):
        outcome, _ = grade(make, **again)
        assert (outcome.graded, outcome.changes) == (0, first.changes)
    assert log.read_text(encoding="utf-8").split() == ["bob"]


def test_work_that_came_after_the_look_is_graded(
    graded: Path, grade: Grade, hand_in: HandIn
) -> None:
    """What waits counts for the very bytes that were looked at."""
    grade(diff=True)
    hand_in(bob="score 70")
    outcome, _ = grade()
    assert (outcome.graded, outcome.reused) == (1, 2)
    assert read_reports(graded)["bob"].score == 70
    assert not (graded / ".regrade").exists()


def test_a_look_at_a_new_rubric(graded: Path, grade: Grade, tmp_path: Path) -> None:
    """Everybody is graded anew, beside what counts; another rubric still has to grade again."""
    new = fakes.Make(rubric="rubric-2", log=str(tmp_path / "log"))
    before = everything(graded)
    outcome, _ = grade(new, diff=True)
    assert (outcome.graded, outcome.reused) == (3, 0)
    assert everything(graded) == before
    assert grade(new)[0].graded == 0
    assert {one.environment.rubric for one in read_reports(graded).values()} == {"rubric-2"}
    grade(fakes.Make(rubric="rubric-3"), diff=True)
    assert grade(new)[0].graded == 0
    assert {one.environment.rubric for one in read_reports(graded).values()} == {"rubric-2"}


def test_a_fresh_look_is_what_the_next_batch_writes(
    graded: Path, grade: Grade, tmp_path: Path
) -> None:
    """Also of those whose report would still hold."""
    log = tmp_path / "log"
    times = {student: report.timing for student, report in read_reports(graded).items()}
    grade(fakes.Make(log=str(log)), diff=True, fresh=True)
    assert len(log.read_text(encoding="utf-8").split()) == 3
    grade(fakes.Make(log=str(log)))
    assert len(log.read_text(encoding="utf-8").split()) == 3
    found = read_reports(graded)
    assert all(found[student].timing != timing for student, timing in times.items())


def test_who_could_not_be_graded_in_a_look_is_tried_again(
    graded: Path, grade: Grade, hand_in: HandIn
) -> None:
    """A failure of the grader is shown, and never put into force by itself."""
    hand_in(cem="die")
    outcome, _ = grade(diff=True)
    assert outcome.not_graded == ("cem",)
    assert read_reports(graded)["cem"].score == 20
    hand_in(cem="score 30")
    grade()
    assert read_reports(graded)["cem"].score == 30


def test_a_page_about_an_older_report_does_not_stay(
    graded: Path, grade: Grade, hand_in: HandIn
) -> None:
    """A batch without pages would leave one that tells of another score."""
    hand_in(cem="score 30")
    grade()
    assert (graded / "feedback" / "ann.html").exists()
    assert not (graded / "feedback" / "bob.html").exists()


@pytest.mark.slow
def test_killed_while_looking_the_old_reports_are_whole(tmp_path: Path, hand_in: HandIn) -> None:
    """And the next look goes on; the batch after it writes what an undisturbed one would."""
    out, gates = tmp_path / "out", tmp_path / "gates"
    gates.mkdir()
    for number in range(8):
        (gates / str(number)).touch()
    hand_in(**{f"s{n}": f"score {5 * n}\nwait-for {gates / str(n)}" for n in range(8)})
    assert commands.run(tmp_path / "submissions", out)[0] == 0
    before = everything(out)
    hand_in(**{f"s{n}": f"score {5 * n + 5}\nwait-for {gates / str(n)}" for n in range(8)})
    for number in range(3, 8):
        (gates / str(number)).unlink()
    process = commands.start(tmp_path / "submissions", out, "--diff")
    commands.until(lambda: commands.count(out / ".regrade") >= 3)
    process.kill()
    commands.finish(process)
    assert everything(out) == before
    for number in range(8):
        (gates / str(number)).touch()
    code, said = commands.run(tmp_path / "submissions", out, "--diff")
    assert (code, said.count("(as before)")) == (0, 3)
    assert everything(out) == before
    undisturbed = tmp_path / "undisturbed"
    assert commands.run(tmp_path / "submissions", undisturbed)[0] == 0
    assert commands.run(tmp_path / "submissions", out)[0] == 0
    assert commands.results(out) == commands.results(undisturbed)
    assert (out / "grades.csv").read_bytes() == (undisturbed / "grades.csv").read_bytes()


@pytest.mark.parametrize("taken", [1, 5])
def test_killed_while_it_is_put_into_force_every_report_is_an_old_or_a_new_one(
    graded: Path, grade: Grade, hand_in: HandIn, tmp_path: Path, taken: int
) -> None:
    """The next batch writes the rest, and grades nothing for it."""
    new = {f"s{number}": f"score {number}" for number in range(8)}
    hand_in(**new)
    grade()
    hand_in(**{student: f"{text}5" for student, text in new.items()})
    grade(diff=True)
    # As a killed process leaves it: some were taken over, and what waited is all still there.
    waiting = sorted((graded / ".regrade" / "reports").glob("s*.json"))
    for path in waiting[:taken]:
        shutil.copy(path, graded / "reports" / path.name)
    found = read_reports(graded)
    assert sum(found[student].score != number for number, student in enumerate(new)) == taken
    outcome, _ = grade()
    assert outcome.graded == 0
    assert [read_reports(graded)[student].score for student in new] == list(range(5, 85, 10))
    assert all(one.status is Status.GRADED for one in read_reports(graded).values())
