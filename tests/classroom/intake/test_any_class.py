"""Classes as they are downloaded or collected: each student once, whatever is around them.

Each tree is read as a folder, as a zip, as a zip of that folder, and as a zip in a folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.intake import download
from grader.classroom.intake.files.nested import Nest
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.systems.layouts import Layout, is_notebook_name
from grader.errors import UsageError
from tests.classroom import zips
from tests.classroom.trees import (
    Tree,
    as_folder,
    as_zip,
    as_zip_in_folder,
    as_zip_of_folder,
    take,
    write,
)


def receipt(name: str, user: str) -> str:
    """What Blackboard writes for each attempt."""
    return f"Name: {name} ({user})\nAssignment: HW_3\nDate Submitted: Friday\n\nFiles:\n"


def d2l(number: int, name: str, date: str, file: str = "hw1.ipynb") -> str:
    """A path as Brightspace makes it."""
    return f"15271{number}-35176{number} - {name} - {date}/{file}"


UUID = "0123abcd-0000-4000-8000-00000000000"
CLASSES: dict[str, tuple[str, Tree, list[str]]] = {
    "Brightspace": (
        "brightspace",
        {
            d2l(1, "Ana Ruiz-Lee", "May 18, 2025 1224 PM"): "new",
            d2l(1, "Ana Ruiz-Lee", "May 18, 2025 1024 AM"): "old",
            d2l(2, "Bo - 40012345", "05 March 2026 612 PM"): "",
            d2l(3, "Zoë d'Größe", "Sept. 2, 2025 1:05 AM"): "",
            d2l(4, "Wei Zhang", "Jan 2, 2025 905 AM", "a/b/hw.ipynb"): "",
            d2l(5, "Wei Zhang", "Jan 3, 2025 905 AM", "hw.pdf"): "",
            "index.html": "<html>",
        },
        ["Ana Ruiz-Lee_152711-351761", "Bo - 40012345_152712-351762", "Wei Zhang_152714-351764",
         "Wei Zhang_152715-351765", "Zoë d'Größe_152713-351763"],
    ),
    "Brightspace flat, an assignment's number in all": (
        "brightspace",
        {
            "11-99 - Ana Ruiz - 1 août 2025 905 AM - hw 1 - draft.ipynb": "",
            "12-99 - Ana Ruiz - 2 août 2025 905 AM - hw 1.ipynb": "another Ana",
            "13-99 - Bo Cook - 2 août 2025 905 AM - hw 1.ipynb": "",
        },
        ["Ana Ruiz_11-99", "Ana Ruiz_12-99", "Bo Cook_13-99"],
    ),
    "Blackboard with receipts": (
        "blackboard",
        {
            "HW_3_a_lee_attempt_2026-02-03-23-59-58_my_hw_attempt_2.ipynb": "new",
            "HW_3_a_lee_attempt_2026-02-03-23-59-58.txt": receipt("Ana Lee", "a_lee"),
            "HW_3_a_lee_attempt_2026-02-01-10-00-00_hw.ipynb": "old",
            "HW_3_a_lee_attempt_2026-02-01-10-00-00.txt": receipt("Ana Lee", "a_lee"),
            "HW_3_a_ng_attempt_2026-02-01-10-00-00_hw.ipynb": "",
            "HW_3_a_ng_attempt_2026-02-01-10-00-00.txt": receipt("Ann (Li) Ng", "a_ng"),
            "HW_3_cy_attempt_2026-02-01-10-00-00.txt": receipt("Cy Díaz", "cy"),
        },
        ["a_lee", "a_ng", "cy"],
    ),
    "Blackboard without receipts": (
        "blackboard",
        {
            "Homework 3_ana.lee_attempt_2026-02-03-23-59-58_hw.ipynb": "",
            "Homework 3_bo_cook_attempt_2026-02-03-23-59-58_hw.ipynb": "",
        },
        ["ana.lee", "bo_cook"],
    ),
    "Sakai": (
        "sakai",
        {
            "Homework 3/grades.csv": "",
            "Homework 3/Lee, Ana(alee3)/timestamp.txt": "20260101",
            "Homework 3/Lee, Ana(alee3)/Lee, Ana(alee3)_submissionText.html": "<p>",
            "Homework 3/Lee, Ana(alee3)/Submission attachment(s)/hw.ipynb": "",
            "Homework 3/Lee, Ana(alee3)/Feedback Attachment(s)/corrected.ipynb": "teacher's",
            "Homework 3/Díaz Ruiz, Cy (Jo)(c_diaz@x.edu)/Submission attachment(s)/hw (1).ipynb": "",
            "Homework 3/Guo, Di(dguo)/timestamp.txt": "",
        },
        ["alee3", "c_diaz@x.edu", "dguo"],
    ),
    "Sakai in another language, by groups": (
        "sakai",
        {
            "Tarea/Group A/members.txt": "ana, bo",
            "Tarea/Group A/Submission attachment(s)/hw.ipynb": "",
            "Tarea/Group B/members.txt": "cy",
            "Tarea/Group B/Submission attachment(s)/hw.ipynb": "",
        },
        ["Group A", "Group B"],
    ),
    "GitHub Classroom": (
        "github",
        {
            "custom-losses-submissions/custom-losses-octo/hw/losses.ipynb": "",
            "custom-losses-submissions/custom-losses-octo/README.md": "",
            "custom-losses-submissions/custom-losses-Hub-Bot-7/hw/losses.ipynb": "",
            "custom-losses-submissions/custom-losses-cat-99/hw/losses.ipynb": "",
            "grades.csv": "",
        },
        ["Hub-Bot-7", "cat-99", "octo"],
    ),
    "clones in a folder of one's own": (
        "github",
        {"hw3-losses-octo/x.ipynb": "", "hw3-losses-hub-bot/x.ipynb": "",
         "hw3-losses-octavia/y.ipynb": ""},
        ["hub-bot", "octavia", "octo"],
    ),
    "Google Classroom": (
        "plain",
        {
            "Ana Ruiz-Lee - Custom losses.ipynb": "old",
            "Ana Ruiz-Lee - Custom losses (2).ipynb": "new",
            "Copy of Bo Cook - Custom losses.ipynb": "",
            "Zoë Größe - Custom losses.ipynb": "",
        },
        ["Ana Ruiz-Lee", "Bo Cook", "Zoë Größe"],
    ),
    "a Drive where all files are called alike": (
        "plain",
        {"custom_losses.ipynb": "", "custom_losses (1).ipynb": "", "custom_losses (2).ipynb": "",
         "Copy of custom_losses.ipynb": ""},
        ["Copy of custom_losses", "custom_losses", "custom_losses (1)", "custom_losses (2)"],
    ),
    "a Drive with names of people": (
        "plain",
        {"ana_ruiz_hw3.ipynb": "old", "ana_ruiz_hw3 (1).ipynb": "new", "bo-cook.ipynb": "",
         "Kopie von cy.ipynb": ""},
        ["ana_ruiz_hw3", "bo-cook", "cy"],
    ),
    "Teams": (
        "teams",
        {
            "TF 101 - Student Work/Submitted files/Ana Ruiz/HW 3/Version 9/hw.ipynb": "old",
            "TF 101 - Student Work/Submitted files/Ana Ruiz/HW 3/Version 10/hw.ipynb": "new",
            "TF 101 - Student Work/Submitted files/Bo Cook/HW 3/Version 1/hw.ipynb": "",
            "TF 101 - Student Work/Working files/Bo Cook/HW 3/hw.ipynb": "draft",
            "TF 101 - Student Work/Working files/Cy Díaz/HW 3/hw.ipynb": "draft",
        },
        ["Ana Ruiz", "Bo Cook", "Cy Díaz"],
    ),
    "Teams in another language": (
        "plain",
        {
            "TF 101/Prace/Ana Ruiz/HW 3/Wersja 1/hw.ipynb": "old",
            "TF 101/Prace/Ana Ruiz/HW 3/Wersja 2/hw.ipynb": "new",
            "TF 101/Prace/Bo Cook/HW 3/Wersja 1/hw.ipynb": "",
        },
        ["Ana Ruiz", "Bo Cook"],
    ),
    "Vocareum": (
        "vocareum",
        {
            "ana@x.edu/submissions/9/work/hw.ipynb": "old",
            "ana@x.edu/submissions/10/work/hw.ipynb": "new",
            "b_o-c@x.edu/submissions/1/work/src/hw.ipynb": "",
        },
        ["ana@x.edu", "b_o-c@x.edu"],
    ),
    "CoCalc": (
        "cocalc",
        {
            f"tf-collect/hw3/{UUID}1/hw.ipynb": "",
            f"tf-collect/hw3/{UUID}1/STUDENT - Ana Ruiz.txt": "",
            f"tf-collect/hw3/{UUID}2/hw.ipynb": "",
        },
        [f"{UUID}1", f"{UUID}2"],
    ),
    "PrairieLearn": (
        "prairielearn",
        {
            "a_na@x.edu_1_hw_losses_1_1_310_hw.ipynb": "old",
            "a_na@x.edu_1_hw_losses_1_2_311_hw.ipynb": "new",
            "bo@x.edu_1_hw_losses_1_1_312_hw.ipynb": "",
        },
        ["a_na@x.edu", "bo@x.edu"],
    ),
    "nbgrader's downloads": (
        "blackboard",
        {
            "downloaded/ps1/archive/notebooks.zip": "as it came",
            "downloaded/ps1/extracted/nb/ps1_bit_attempt_2016-01-30-15-00-00_problem1.ipynb": "",
            "downloaded/ps1/extracted/nb/ps1_hack_attempt_2016-01-30-16-00-00_problem1.ipynb": "",
            "source/ps1/problem1.ipynb": "",
        },
        ["bit", "hack"],
    ),
    "sections of notebooks": (
        "plain",
        {"section A/ann.ipynb": "", "section A/ben.ipynb": "", "section B/ann.ipynb": "another",
         "section B/cem.ipynb": ""},
        ["ben", "cem", "section A/ann", "section B/ann"],
    ),
    "sections under names of their own": (
        "plain",
        {"Dr Meyer/ann.ipynb": "", "Dr Meyer/ben.ipynb": "", "Dr Okoye/cem.ipynb": "",
         "Dr Okoye/dan.ipynb": "", "Dr Okoye/eve.py": ""},
        ["ann", "ben", "cem", "dan", "eve"],
    ),
    "sections of folders, with late ones": (
        "plain",
        {"Monday/ann/hw.ipynb": "", "Monday/ben/hw.ipynb": "", "Tuesday/cem/hw.ipynb": "",
         "Tuesday/late/dan/hw.ipynb": ""},
        ["ann", "ben", "cem", "dan"],
    ),
    "terms with days in them": (
        "plain",
        {f"{term}/{day}/{name}.ipynb": "" for term, day, name in (
            ("Fall", "Mon", "ann"), ("Fall", "Mon", "bob"), ("Fall", "Tue", "cem"),
            ("Fall", "Tue", "dan"), ("Spring", "Mon", "eve"), ("Spring", "Mon", "fay"),
            ("Spring", "Wed", "gus"), ("Spring", "Wed", "hal"))},
        ["ann", "bob", "cem", "dan", "eve", "fay", "gus", "hal"],
    ),
    "years with groups of folders in them, one with late ones": (
        "plain",
        {f"{year}/{group}/{name}/hw.ipynb": "" for year, group, name in (
            ("2025", "A", "ann"), ("2025", "A", "bob"), ("2025", "B", "cem"),
            ("2025", "B", "dan"), ("2026", "A", "eve"), ("2026", "A", "fay"),
            ("2026", "B", "gus"), ("2026", "B/late", "hal"), ("2026", "B", "ida"))},
        ["ann", "bob", "cem", "dan", "eve", "fay", "gus", "hal", "ida"],
    ),
    "homes with projects in them": (
        "plain",
        {f"{name}/{path}.ipynb": "" for name, path in (
            ("ann", "titanic/eda"), ("ann", "titanic/forest"), ("ann", "losses/hw"),
            ("ann", "losses/hw_old"), ("bob", "imdb/lstm"), ("bob", "imdb/gru"),
            ("bob", "losses/hw"), ("bob", "losses/begun"))},
        ["ann", "bob"],
    ),
    "Moodle, two of one name, text in the browser, scripts of many countries": (
        "moodle",
        {
            "Ana Ruiz_201_assignsubmission_file/losses.ipynb": "",
            "Ana Ruiz_201_assignsubmission_onlinetext/onlinetext.html": "<p>",
            "Ana Ruiz_305_assignsubmission_file/losses.ipynb": "another Ana",
            "Bo Größe_202_assignsubmission_onlinetext/onlinetext.html": "<p>",
            "李 小龙_203_assignsubmission_file/deep/losses.ipynb": "",
            "محمد علي_204_assignsubmission_file/losses.ipynb": "",
        },
        ["Ana Ruiz_201", "Ana Ruiz_305", "Bo Größe_202", "محمد علي_204", "李 小龙_203"],
    ),
    "Moodle's anonymous, one renamed": (
        "moodle",
        {"Participant_201_assignsubmission_file_/losses.ipynb": "",
         "Teilnehmer_in_202_assignsubmission_file_/losses.ipynb": ""},
        ["Participant_201", "Teilnehmer_in_202"],
    ),
    "Moodle's groups": (
        "moodle",
        {"Team 1_11_assignsubmission_file/hw.ipynb": "",
         "Team 2_12_assignsubmission_file/sub/hw.ipynb": "",
         "Default group_assignsubmission_file/hw.ipynb": ""},
        ["Default group", "Team 1_11", "Team 2_12"],
    ),
    "Canvas with groups, anonymous ones and entries in the browser": (
        "canvas",
        {"teamälpha_77_900_hw.ipynb": "", "teamβ_LATE_78_901_hw.ipynb": "",
         "anon_Ab3xQ_902_hw.ipynb": "", "smithbob_101_text.html": "",
         "smithbob_102_903_hw.ipynb": "another Bob", "oconnor_104_link.html": ""},
        ["anon_Ab3xQ", "oconnor_104", "smithbob_101", "smithbob_102", "teamälpha_77", "teamβ_78"],
    ),
    "a late folder beside files": (
        "plain",
        {"ann.ipynb": "old", "ben.ipynb": "", "late/cem.ipynb": "", "late/ann.ipynb": "new"},
        ["ann", "ben", "cem"],
    ),
    "late folders in two languages": (
        "plain",
        {"ann/hw.ipynb": "", "ben/hw.ipynb": "", "Nachzügler/cem/hw.ipynb": "",
         "too late/dan.zip": ""},
        ["ann", "ben", "cem", "dan"],
    ),
    "late ones of Canvas in a folder": (
        "canvas",
        {"leeann_5_50_hw.ipynb": "old", "roebob_6_60_hw.ipynb": "",
         "late/leeann_LATE_5_70_hw.ipynb": "new", "late/özcem_LATE_7_71_hw.ipynb": ""},
        ["leeann_5", "roebob_6", "özcem_7"],
    ),
    "a folder around all, twice": (
        "plain",
        {"downloads/hw3/alice.ipynb": "", "downloads/hw3/bob.ipynb": "",
         "downloads/hw3/carla.ipynb": ""},
        ["alice", "bob", "carla"],
    ),
    "a folder around numbers": (
        "plain", {"TF101/1234567.ipynb": "", "TF101/1234568.ipynb": ""}, ["1234567", "1234568"],
    ),
    "sections of people without names": (
        "plain",
        {f"Section {number % 3}/s{number:02}/hw.ipynb": "" for number in range(9)},
        [f"s{number:02}" for number in range(9)],
    ),
    "sections of letters": (
        "plain",
        {f"Section {number % 2}/{letter}.ipynb": "" for number, letter in enumerate("abcd")},
        list("abcd"),
    ),
    "a folder beside a solution": (
        "plain",
        {"solution.ipynb": "", "hw3/alice.ipynb": "", "hw3/bob.ipynb": ""},
        ["alice", "bob", "solution"],
    ),
    "people of one name in two sections, and in no other": (
        "plain",
        {"Section 1/ann.ipynb": "", "Section 2/ann.ipynb": ""},
        ["Section 1/ann", "Section 2/ann"],
    ),
    "who hands in again, in folders": (
        "plain",
        {"ann/hw.ipynb": "old", "bob/hw.ipynb": "", "Resubmissions/ann/hw.ipynb": "new"},
        ["ann", "bob"],
    ),
    "a folder for each day": (
        "plain",
        {"2026-03-01/ann.ipynb": "", "2026-03-01/bob.ipynb": "", "2026-03-02/cem.ipynb": "",
         "2026-03-02/dan.ipynb": ""},
        ["ann", "bob", "cem", "dan"],
    ),
    "homes of a small hub": (
        "plain",
        {"home/jupyter-abell/custom_losses.ipynb": "", "home/jupyter-bcook/tf/losses.ipynb": "",
         "home/jupyter-bcook/kaggle/titanic.ipynb": ""},
        ["jupyter-abell", "jupyter-bcook"],
    ),
    "homes": (
        "plain",
        {"home/abell/losses/custom_losses.ipynb": "", "home/abell/thesis/x.ipynb": "",
         "home/bcook/custom_losses.ipynb": "", "home/bcook/old/custom_losses.ipynb": ""},
        ["abell", "bcook"],
    ),
    "groups that hand in as one": (
        "plain",
        {"Group 1/hw.ipynb": "", "Group 2/hw.ipynb": "", "Group 2/final.ipynb": ""},
        ["Group 1", "Group 2"],
    ),
    "attempts in everybody's folder": (
        "plain",
        {"ana/attempt 1/hw.ipynb": "old", "ana/attempt 2/hw.ipynb": "new",
         "bo/attempt 1/hw.ipynb": "", "Cook, Cy/hw.ipynb": ""},
        ["Cook, Cy", "ana", "bo"],
    ),
    "all kinds of files": (
        "plain",
        {"ana.py": "", "ana.pdf": "", "bo.ipynb": "", "bo.html": "", "cy.md": "", "dan.pdf": "",
         "eve.ipynb.txt": "", "fay.json": "", "README.md": "", "utils.py": ""},
        ["ana", "bo", "cy", "dan", "eve", "fay"],
    ),
    "scripts alone": ("plain", {"ana.py": "", "bo.py": "", "requirements.txt": ""}, ["ana", "bo"]),
}  # fmt: skip


def as_zip_in_zip(root: Path, tree: Tree) -> Path:
    """As some systems pack what was packed."""
    inside = zips.zipped({f"hw3/{path}": text for path, text in tree.items()})
    (root / "outer.zip").write_bytes(zips.zipped({"export/hw3.zip": inside}))
    return root / "outer.zip"


FORMS = (as_folder, as_zip, as_zip_of_folder, as_zip_in_folder, as_zip_in_zip)


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
@pytest.mark.parametrize(("layout", "tree", "students"), CLASSES.values(), ids=CLASSES.keys())
def test_each_student_once(
    tmp_path: Path,
    layout: str,
    tree: Tree,
    students: list[str],
    form: Callable[[Path, Tree], Path],
) -> None:
    """With all that is theirs: no notebook is lost, none is in two hand-ins, the newest counts."""
    with download.opened(form(tmp_path, tree)) as found:
        assert (found.layout, [one.student for one in found.handins]) == (layout, students)
        check_that_nothing_is_lost(found, tree)
        for one in found.handins:
            texts = [(file.load().data or b"").decode() for file in one.files]
            assert "old" not in texts
            if one.superseded:
                assert "new" in texts
            assert "teacher's" not in texts
            assert "draft" not in texts


def check_that_nothing_is_lost(found: Intake, tree: Tree) -> None:
    """Every notebook is in one hand-in, or replaced in it, or left out."""
    places = [
        *(file.found_at for one in found.handins for file in (*one.files, *one.earlier)),
        *(one.file for one in found.left),
    ]
    endings = sorted((path.rpartition("extracted/")[2] for path in tree), key=len, reverse=True)
    often = Counter(
        next((one for one in endings if f"/{place}".endswith(f"/{one}")), "") for place in places
    )
    for path in endings:
        if is_notebook_name(path) or path.endswith(".py"):
            assert often[path] == 1, path


def test_what_may_be_several_people_is_said_with_the_flag_that_reads_it_otherwise(
    tmp_path: Path,
) -> None:
    """A folder whose name says nothing, with notebooks that may be anybody's."""
    tree = {"ann.ipynb": "", "bob.ipynb": "", "Extra/cem.ipynb": "", "Extra/deep/dan.ipynb": ""}
    path = write(tmp_path / "x", tree)
    found = take(path)
    assert [one.student for one in found.handins] == ["Extra", "ann", "bob"]
    (told,) = found.notices
    assert told.startswith("1 hand-in with several notebooks, of which one counts (Extra: cem")
    assert told.endswith("; --layout files reads each notebook as a student's")
    files = take(path, Layout.FILES)
    assert [one.student for one in files.handins] == ["ann", "bob", "cem", "dan"]
    assert files.notices == ()


def test_names_that_differ_in_a_number_are_said_to_be_copies(tmp_path: Path) -> None:
    """Nobody can tell for certain."""
    path = write(tmp_path / "x", CLASSES["a Drive with names of people"][1])
    (told,) = take(path).notices
    assert told.startswith("1 read as newer copies by the same student")
    assert "--layout files" in told
    assert len(take(path, Layout.FILES).handins) == 4


def test_one_name_in_two_sections_is_two_people(tmp_path: Path) -> None:
    """And that is said."""
    path = write(tmp_path / "x", CLASSES["sections of notebooks"][1])
    assert take(path).notices == ("2 are called ann, and are told apart by their folders",)


def test_drafts_and_feedback_are_left_out_with_their_reason(tmp_path: Path) -> None:
    """What is no hand-in, though a notebook."""
    left = [
        (one.file.rpartition("/")[2], one.reason)
        for name in ("Teams", "Sakai")
        for one in take(write(tmp_path / name, CLASSES[name][1])).left
    ]
    assert left == [
        ("hw.ipynb", "is a draft (Working files), and was not handed in"),
        ("hw.ipynb", "is a draft (Working files), and was not handed in"),
        ("corrected.ipynb", "is feedback, and was not handed in"),
    ]


def test_a_receipt_that_names_another_is_not_believed(tmp_path: Path) -> None:
    """The file's own name has the user too."""
    tree = {
        "HW_ann_attempt_2026-02-01-10-00-00_hw.ipynb": "",
        "HW_ann_attempt_2026-02-01-10-00-00.txt": receipt("Eve", "bob"),
        "HW_bob_attempt_2026-02-01-10-00-00_hw.ipynb": "",
    }
    assert [one.student for one in take(write(tmp_path / "x", tree)).handins] == ["ann", "bob"]


def test_sections_of_a_system_as_zips(tmp_path: Path) -> None:
    """Each as it was downloaded, side by side; and one of them a late one."""
    tree = {
        "A.zip": zips.zipped({"leeann_5_50_hw.ipynb": "old"}),
        "late.zip": zips.zipped({"hw/leeann_LATE_5_70_hw.ipynb": "new"}),
        "B.zip": zips.zipped({"roebob_6_60_hw.ipynb": "b", "../x.ipynb": "c"}),
    }
    (tmp_path / "x").mkdir()
    for name, data in tree.items():
        (tmp_path / "x" / name).write_bytes(data)
    (tmp_path / "x.zip").write_bytes(zips.zipped(dict(tree)))
    for path in (tmp_path / "x", tmp_path / "x.zip"):
        with download.opened(path) as found:
            ann, bob = found.handins
            assert (ann.student, ann.late, ann.files[0].load().data) == ("leeann_5", True, b"new")
            assert (bob.student, bob.files[0].load().data) == ("roebob_6", b"b")
            assert [(one.file, one.reason) for one in found.left] == [
                ("B.zip: ../x.ipynb", "its name points outside the zip")
            ]


def test_sections_of_a_class_as_zips_and_students_zips(tmp_path: Path) -> None:
    """A zip is read as a folder of its name would be."""
    sections: Tree = {"A/ann.ipynb": "", "A/ben.ipynb": "", "B/cem.ipynb": "", "B/dan.ipynb": ""}
    students: Tree = {"ann/hw.ipynb": "", "ann/old.ipynb": "", "ben/hw.ipynb": ""}
    for number, (tree, names) in enumerate(
        [(sections, ["ann", "ben", "cem", "dan"]), (students, ["ann", "ben"])]
    ):
        inside: dict[str, dict[str, bytes | str]] = {}
        for path in tree:
            top, _, rest = path.partition("/")
            inside.setdefault(top, {})[rest] = path
        packed = {f"{top}.zip": zips.zipped(files) for top, files in inside.items()}
        place = tmp_path / f"{number}.zip"
        place.write_bytes(zips.zipped(dict(packed)))
        for form in (place, write(tmp_path / str(number), tree)):
            assert [one.student for one in take(form).handins] == names


def test_parts_of_a_large_download(tmp_path: Path) -> None:
    """Are one class."""
    folder = tmp_path / "x"
    folder.mkdir()
    for number, name in enumerate(("ann", "bob", "cem"), 1):
        data = zips.zipped({f"Losses/{name}.ipynb": name})
        (folder / f"drive-download-20260301T100000Z-00{number}.zip").write_bytes(data)
    assert [one.student for one in take(folder).handins] == ["ann", "bob", "cem"]


def test_nbgraders_downloads_of_several_assignments(tmp_path: Path) -> None:
    """One has to be named; what was not unpacked yet is read as it came."""
    tree = {
        "downloaded/ps1/extracted/ps1_ann_attempt_2016-01-30-15-00-00_problem1.ipynb": "",
        "downloaded/ps2/archive/ann.ipynb": "",
        "downloaded/ps2/archive/bob.ipynb": "",
    }
    path = write(tmp_path / "x", tree)
    with pytest.raises(UsageError, match=r"ps1, ps2.*--nbgrader-assignment"):
        take(path)
    assert [one.student for one in take(path, assignment="ps2").handins] == ["ann", "bob"]
    assert [one.student for one in take(path, assignment="ps1").handins] == ["ann"]


def test_a_hundred_students_zips_are_not_opened_to_find_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many zips may be sections."""
    data = zips.zipped({"a.ipynb": "", "b.ipynb": ""})
    folder = tmp_path / "x"
    folder.mkdir()
    for number in range(100):
        (folder / f"student{number:03}.zip").write_bytes(data)
    monkeypatch.setattr(Nest, "peek", None)
    assert len(take(folder).handins) == 100
