"""From a hand-in to the bytes that may be graded, and whose fault it is when there are none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.classroom.intake import candidates, download
from grader.classroom.intake.candidates import MAX_CANDIDATES, Material
from grader.classroom.intake.files.places import MAX_DEPTH
from grader.classroom.intake.systems.layouts import Layout
from grader.report import Status
from tests.classroom import fakes, zips
from tests.classroom.conftest import Grade, read_reports

Folder = Callable[..., None]


def of(path: Path) -> Material:
    """The material of the only hand-in there."""
    with download.opened(path) as found:
        (handin,) = found.handins
        return candidates.of(handin)


def student(tmp_path: Path, files: dict[str, bytes]) -> Material:
    """The material of a student's folder."""
    for name, data in files.items():
        path = tmp_path / "x" / "ann" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return of(tmp_path / "x")


def names(found: Material) -> list[str]:
    """The candidates' names."""
    return [one.file for one in found.candidates]


def test_a_notebook_among_other_files(tmp_path: Path) -> None:
    """Only the notebook may count."""
    found = student(tmp_path, {"hw.ipynb": b"a", "utils.py": b"b", "picture.png": b"c"})
    assert names(found) == ["hw.ipynb"]
    assert (found.candidates[0].student, found.notes) == ("ann", ())


def test_several_notebooks(tmp_path: Path) -> None:
    """The ones on top come first; checkpoints are no hand-ins."""
    files = {
        "b.ipynb": b"b",
        "a.ipynb": b"a",
        "old/a.ipynb": b"",
        ".ipynb_checkpoints/a.ipynb": b"",
    }
    assert names(student(tmp_path, files)) == ["a.ipynb", "b.ipynb", "a.ipynb"]


def test_no_notebook_by_name(tmp_path: Path) -> None:
    """Then any file may be one; the wall says what it is."""
    assert names(student(tmp_path, {"essay.pdf": b"%PDF", "hw.json": b"{}"})) == [
        "essay.pdf",
        "hw.json",
    ]


def test_nothing(tmp_path: Path) -> None:
    """An empty folder is a hand-in of nothing."""
    (tmp_path / "x" / "ann").mkdir(parents=True)
    found = of(tmp_path / "x")
    assert found.unreadable == "No file was handed in."
    assert found.candidates[0].data == b""


def test_a_zip_is_looked_into(tmp_path: Path) -> None:
    """With its folders, and without what a Mac puts there."""
    inside = zips.zipped({"hw/a.ipynb": b"a", "hw/data.csv": b"", "__MACOSX/hw/._a.ipynb": b""})
    found = student(tmp_path, {"hw.zip": inside})
    assert names(found) == ["a.ipynb"]
    assert found.candidates[0].data == b"a"


# Made when they are needed: packing a bomb takes its time.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"no zip", "is no zip"),
    "a bomb": (lambda: zips.bomb("x.ipynb", 2**27), "is larger than 64 MiB"),
    "encrypted": (lambda: zips.encrypted("x.ipynb"), "is encrypted"),
    "a link": (lambda: zips.link("x.ipynb", "/etc/passwd"), "is a link"),
    "outside": (lambda: zips.zipped({"../x.ipynb": b""}), "points outside"),
    "a zip in a zip": (
        lambda: zips.zipped({"y.zip": zips.zipped({"x.ipynb": b""})}),
        "inside a zip",
    ),
    "damaged": (lambda: zips.damaged("x.ipynb", b"score 100"), "is damaged"),
}


@pytest.mark.parametrize(("made", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_students_own_zip_that_is_refused(
    tmp_path: Path, made: Callable[[], bytes], reason: str
) -> None:
    """Is unreadable, with the reason, and a note."""
    found = student(tmp_path, {"hw.zip": made()})
    assert reason in found.unreadable
    assert found.unavailable == ""
    assert reason in found.notes[0]


def test_a_good_notebook_beside_a_hostile_zip(tmp_path: Path) -> None:
    """Counts."""
    found = student(tmp_path, {"hw.zip": zips.bomb("x.ipynb", 2**27), "hw.ipynb": b"a"})
    assert (names(found), found.unreadable) == (["hw.ipynb"], "")
    assert "is larger than" in found.notes[0]


def test_damage_to_the_classs_own_zip_is_nobodys_zero(tmp_path: Path) -> None:
    """The download is not the student's doing."""
    (tmp_path / "x.zip").write_bytes(zips.damaged("ann.ipynb", b"score 100"))
    found = of(tmp_path / "x.zip")
    assert "is damaged" in found.unavailable
    assert found.unreadable == ""


def test_where_the_class_lies_is_nothing_to_students(tmp_path: Path) -> None:
    """A file that can't be read is named as it was handed in, not by its place on this machine."""
    ann = tmp_path / "submissions" / "ann"
    ann.mkdir(parents=True)
    (ann / "hw.ipynb").write_bytes(b"score 100")
    with download.opened(tmp_path / "submissions") as found:
        (handin,) = found.handins
        (ann / "hw.ipynb").unlink()  # as a network drive does it
        read = candidates.of(handin)
    assert read.unavailable == "ann/hw.ipynb: there is no such file"
    assert read.notes == ("not read: ann/hw.ipynb: there is no such file",)


def test_a_bomb_in_the_classs_zip_is_the_students_doing(tmp_path: Path) -> None:
    """Whoever hands in a hundred megabytes of nothing."""
    (tmp_path / "x.zip").write_bytes(zips.bomb("ann.ipynb", 2**27))
    assert "is larger than 64 MiB" in of(tmp_path / "x.zip").unreadable


def test_a_heap_of_notebooks(tmp_path: Path) -> None:
    """So many are looked at and no more, and that is said."""
    found = student(tmp_path, {f"{number:03}.ipynb": b"%d" % number for number in range(150)})
    assert len(found.candidates) == MAX_CANDIDATES
    assert found.notes == (f"more files than are looked at; {MAX_CANDIDATES} were",)


def test_pictures_in_one_zip_do_not_hide_the_notebook_in_another(tmp_path: Path) -> None:
    """They are not even read; nor does a note speak of files that were not looked at."""
    pictures: dict[str, bytes | str] = {f"{number}.png": bytes([number]) for number in range(120)}
    files = {"a.zip": zips.zipped(pictures), "b.zip": zips.zipped({"hw.ipynb": b"x", **pictures})}
    found = student(tmp_path, files)
    assert (names(found), found.notes) == (["hw.ipynb"], ())


def test_the_same_notebook_twice_is_one(tmp_path: Path) -> None:
    """There is nothing to choose."""
    found = student(tmp_path, {"hw.ipynb": b"x", "backup/hw (1).ipynb": b"x"})
    assert names(found) == ["hw.ipynb"]


@pytest.mark.parametrize("prefix", ["./", "././", "a//./"])
def test_names_that_begin_with_a_dot_and_a_slash_hide_nothing(tmp_path: Path, prefix: str) -> None:
    """Some programs write them."""
    found = student(tmp_path, {"hw.zip": zips.zipped({"./": b"", f"{prefix}hw.ipynb": b"x"})})
    assert (names(found), found.unreadable) == (["hw.ipynb"], "")


def test_a_zip_with_hidden_files_alone(tmp_path: Path) -> None:
    """Something was handed in, and it is said what became of it."""
    found = student(tmp_path, {"hw.zip": zips.zipped({".work/hw.ipynb": b"x"})})
    assert found.unreadable == "hw.zip: holds no file that is not hidden"


@pytest.mark.slow
def test_a_heap_of_bytes(tmp_path: Path) -> None:
    """Memory is bounded as well."""
    inside = zips.zipped({f"{n}.ipynb": bytes([n]) * (60 * 2**20) for n in range(5)})
    found = student(tmp_path, {"hw.zip": inside})
    assert sum(one.size for one in found.candidates) <= candidates.MAX_TOTAL_BYTES
    assert "more files than are looked at" in found.notes[0]


def anns(tmp_path: Path, **notebooks: str) -> None:
    """Several notebooks in Ann's folder, as the fake grader reads them."""
    folder = tmp_path / "submissions" / "ann"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in notebooks.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


def test_the_choice_is_in_the_report(tmp_path: Path, grade: Grade) -> None:
    """Most names; of equals most points; and what was not chosen, with part of its hash."""
    anns(tmp_path, a="defines 3\nscore 100", b="defines 6\nscore 0", c="defines 6\nscore 80")
    grade()
    report = read_reports(tmp_path / "out")["ann"]
    assert (report.submission.file, report.score) == ("c.ipynb", 80)
    assert report.notes[0].startswith("Handed in: 3 files that may be the notebook; c.ipynb counts")
    assert "a.ipynb (" in report.notes[0]
    assert "b.ipynb (" in report.notes[0]
    assert report.notes[1:] == ("a note of the grader",)


def test_another_choice_is_another_report_whatever_is_said_of_it(
    tmp_path: Path, grade: Grade
) -> None:
    """Which files there were is a value; a file less leaves the one that counts the best."""
    anns(tmp_path, a="defines 3\nscore 50", b="defines 6\nscore 80", c="defines 2\nscore 0")
    grade()
    report = read_reports(tmp_path / "out")["ann"]
    assert report.hand_in is not None
    assert [one.file for one in report.hand_in.among] == ["a.ipynb", "b.ipynb", "c.ipynb"]
    assert candidates.dressed(report, of(tmp_path / "submissions")) == report
    reworded = msgspec.structs.replace(report, notes=("Other words.", *report.notes[1:]))
    assert candidates.chosen(reworded, of(tmp_path / "submissions"))
    assert candidates.dressed(reworded, of(tmp_path / "submissions")) == report
    (tmp_path / "submissions" / "ann" / "c.ipynb").unlink()
    assert candidates.chosen(report, of(tmp_path / "submissions"))
    anns(tmp_path, a="defines 6\nscore 90")
    assert not candidates.chosen(report, of(tmp_path / "submissions"))


def test_an_untouched_starter_beside_the_work_counts_for_nothing(
    tmp_path: Path, grade: Grade
) -> None:
    """It defines all six names, and the work one less, which is misspelt."""
    anns(
        tmp_path,
        a_starter="defines 6\nunwritten 6\nscore 0",
        b_begun="defines 6\nunwritten 4\nscore 35",
        work="defines 5\nscore 30",
        x_draft="defines 2\nscore 35",
    )
    grade()
    report = read_reports(tmp_path / "out")["ann"]
    assert (report.submission.file, report.score) == ("work.ipynb", 30)
    assert grade()[0].reused == 1


def test_where_nothing_earns_a_point_the_most_names_count(tmp_path: Path, grade: Grade) -> None:
    """Whose mistakes are explained."""
    anns(tmp_path, a="defines 1\nscore 0", b="defines 4\nscore 0", c="defines 0\nscore 0")
    grade()
    assert read_reports(tmp_path / "out")["ann"].submission.file == "b.ipynb"


def test_a_notebook_comes_before_a_script(tmp_path: Path, grade: Grade) -> None:
    """Whatever the script has, as long as the notebook has any of the work."""
    anns(tmp_path, hw="defines 1\nscore 10")
    (tmp_path / "submissions" / "ann" / "solution.py").write_text("defines 6\nscore 100")
    grade()
    report = read_reports(tmp_path / "out")["ann"]
    assert (report.submission.file, report.score) == ("hw.ipynb", 10)
    assert report.notes == ("a note of the grader",)
    assert grade()[0].reused == 1


def test_where_no_notebook_has_any_of_the_work_a_script_counts(
    tmp_path: Path, grade: Grade
) -> None:
    """And that is said; another script is another report, also where none has any of it."""
    anns(tmp_path, starter="defines 6\nunwritten 6\nscore 0")
    script = tmp_path / "submissions" / "ann" / "solution.py"
    script.write_text("defines 6\nunwritten 6\nscore 0")
    grade()
    report = read_reports(tmp_path / "out")["ann"]
    assert report.submission.file == "starter.ipynb"
    assert report.notes[0].startswith(
        "Handed in: beside it, none with any of the work: solution.py"
    )
    assert grade()[0].reused == 1
    script.write_text("defines 6\nscore 80")
    assert grade()[0].graded == 1
    report = read_reports(tmp_path / "out")["ann"]
    assert (report.submission.file, report.score) == ("solution.py", 80)
    assert report.notes[0].startswith(
        "Handed in: solution.py counts, since no notebook has any of the work. Not counted: starter"
    )
    assert grade()[0].reused == 1


def test_what_stands_beside_a_notebook(tmp_path: Path) -> None:
    """Scripts and the like, also in a zip; no helpers, no data, and only so many."""
    inside: dict[str, bytes | str] = {"hw.ipynb": b"n", "mine.py": b"s", "utils.py": b"u"}
    found = student(tmp_path, {"hw.zip": zips.zipped(inside), "data.csv": b"d", "hw.html": b"h"})
    assert names(found) == ["hw.ipynb"]
    assert [one.file for one in found.beside] == ["mine.py", "hw.html"]
    (tmp_path / "more").mkdir()
    scripts = {f"part{number:02}.py": b"%d" % number for number in range(30)}
    found = student(tmp_path / "more", {"hw.ipynb": b"n", **scripts})
    assert len(found.beside) == candidates.MAX_BESIDE


def test_a_script_counts_beside_a_zip_that_is_refused(tmp_path: Path) -> None:
    """It is the work, and was read."""
    found = student(tmp_path, {"hw.zip": zips.encrypted("x.ipynb"), "hw.py": b"s"})
    assert (names(found), found.unreadable) == (["hw.py"], "")


def test_another_choice_is_a_change(tmp_path: Path, grade: Grade) -> None:
    """A rerun looks at all candidates, not only at the one that counted."""
    anns(tmp_path, a="defines 6\nscore 50", b="defines 5\nscore 80")
    grade()
    assert grade()[0].reused == 1
    anns(tmp_path, b="defines 6\nscore 90")
    assert grade()[0].graded == 1
    assert read_reports(tmp_path / "out")["ann"].score == 90


@pytest.fixture
def in_time(tmp_path: Path) -> Path:
    """The only hand-in of a class."""
    path = tmp_path / "submissions" / "ann_1_2_hw.ipynb"
    path.parent.mkdir()
    path.write_text("score 50", encoding="utf-8")
    return path


def test_new_words_about_a_hand_in_need_no_new_grade(
    tmp_path: Path, grade: Grade, in_time: Path
) -> None:
    """The report is written again with the note, and counts as the same."""
    grade()
    in_time.rename(in_time.with_name("ann_LATE_1_2_hw.ipynb"))
    assert grade()[0].reused == 1
    report = read_reports(tmp_path / "out")["ann_1"]
    assert report.notes == ("Handed in: late", "a note of the grader")


def test_new_words_about_a_hand_in_are_on_its_page_too(
    tmp_path: Path, grade: Grade, in_time: Path
) -> None:
    """Only grading makes a page; the one after that uses both again."""
    make = fakes.Make(feedback=True)
    page = tmp_path / "out" / "feedback" / "ann_1.html"
    grade(make, feedback=True)
    assert "late" not in page.read_text(encoding="utf-8")
    in_time.rename(in_time.with_name("ann_LATE_1_2_hw.ipynb"))
    assert grade(make, feedback=True)[0].graded == 1
    assert "Handed in: late" in page.read_text(encoding="utf-8")
    assert grade(make, feedback=True)[0].reused == 1


@pytest.mark.parametrize(
    ("where", "layout"),
    [("ann", Layout.PLAIN), ("ann/work", Layout.PLAIN), ("submitted/ann", Layout.NBGRADER)],
    ids=["hers", "one in hers", "one that nbgrader made"],
)
def test_a_folder_that_this_machine_can_not_read_is_nobodys_zero(
    tmp_path: Path, where: str, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what is in it."""
    above = tmp_path / "x" / ("submitted" if layout is Layout.NBGRADER else ".")
    for name in ("ann", "bob"):
        work = above / name / "work"
        work.mkdir(parents=True)
        (work / "hw.ipynb").write_text("score 50", encoding="utf-8")
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == tmp_path / "x" / where:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    with download.opened(tmp_path / "x") as found_all:
        assert found_all.layout is layout
        ann, bob = found_all.handins
        assert not candidates.of(bob).unavailable
        found = candidates.of(ann)
    assert found.unavailable.endswith(f"{Path(where).name}/: can't be read (Permission denied)")


def test_a_tower_of_folders_is_its_builders_own(tmp_path: Path) -> None:
    """Unreadable, with the reason; a notebook beside it is graded."""
    tower = tmp_path / "x" / "ann" / "/".join("d" * (MAX_DEPTH + 5))
    tower.mkdir(parents=True)
    found = of(tmp_path / "x")
    assert not found.unavailable
    assert found.unreadable.endswith(f"lies in more than {MAX_DEPTH} folders")
    (tmp_path / "x" / "ann" / "hw.ipynb").write_text("score 50", encoding="utf-8")
    assert names(of(tmp_path / "x")) == ["hw.ipynb"]


def test_nothing_handed_in_is_unreadable_and_damage_has_no_score(
    tmp_path: Path, grade: Grade
) -> None:
    """Zero points for nothing; none at all where the class' folder can't be read."""
    folder = tmp_path / "submissions"
    (folder / "ann").mkdir(parents=True)
    (folder / "bob").mkdir()
    (folder / "bob" / "hw.ipynb").symlink_to("/etc/passwd")
    outcome, _ = grade()
    found = read_reports(tmp_path / "out")
    assert (found["ann"].status, found["ann"].score) == (Status.UNREADABLE, 0)
    assert found["ann"].message == "No file was handed in."
    assert (found["bob"].status, found["bob"].score) == (Status.NOT_GRADED, None)
    assert outcome.not_graded == ("bob",)
    assert grade()[0].reused == 1
