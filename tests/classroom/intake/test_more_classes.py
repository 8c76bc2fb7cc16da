"""More classes, as they come from all over the world: each student once, and nobody without a word.

Each tree is read as a folder, as a zip, and as a zip with backslashes as some Windows programs
write it. The three are read alike.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.intake import download
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.systems.layouts import is_notebook_name
from tests.classroom.trees import Tree, as_folder, as_zip, with_backslashes


def receipt(name: str, user: str, *files: str) -> str:
    """Blackboard's, in Spanish."""
    listed = "".join(f"\tNombre de archivo original: {one}\n" for one in files)
    return f"Nombre: {name} ({user})\nActividad: Tarea 3\n\nArchivos:\n{listed}"


UUID = "9f1c2d3e-0000-4000-8000-00000000000"
# The layout, the tree, each student with what counts, and who of them is late.
Case = tuple[str, Tree, dict[str, set[str]], set[str]]
CLASSES: dict[str, Case] = {
    "Canvas, resubmitted, accents, two of one name": (
        "canvas",
        {
            "garcíapeñamaría_41_900_tarea 3.ipynb": "",
            "garcíapeñamaría_41_901_tarea 3-1.ipynb": "",
            "garcíapeñamaría_LATE_42_902_losses.ipynb": "",
            "łozińskiwojtek_43_903_hw.ipynb": "",
            "łozińskiwojtek_43_904_bild.png": "",
            "nguyễnthị_44_905_bài tập.ipynb": "",
        },
        {"garcíapeñamaría_41": {"tarea 3-1.ipynb"}, "garcíapeñamaría_42": {"losses.ipynb"},
         "łozińskiwojtek_43": {"hw.ipynb", "bild.png"}, "nguyễnthị_44": {"bài tập.ipynb"}},
        {"garcíapeñamaría_42"},
    ),
    "Canvas in two sections": (
        "canvas",
        {
            "Section 01/smithann_1_10_hw.ipynb": "", "Section 01/wubo_2_11_hw.ipynb": "",
            "Section 02/smithann_3_12_hw.ipynb": "", "Section 02/zhucy_LATE_4_13_hw.py": "",
        },
        {"smithann_1": {"hw.ipynb"}, "wubo_2": {"hw.ipynb"}, "smithann_3": {"hw.ipynb"},
         "zhucy_4": {"hw.py"}},
        {"zhucy_4"},
    ),
    "Moodle in French, with a team and text in the browser": (
        "moodle",
        {
            "Équipe Rouge_31_assignsubmission_file/devoir.ipynb": "",
            "Équipe Bleue_32_assignsubmission_file/src/devoir.ipynb": "",
            "Équipe Bleue_32_assignsubmission_file/src/utils.py": "",
            "Équipe Verte_33_assignsubmission_onlinetext/onlinetext.html": "<p>",
            "Équipe Jaune_34_assignsubmission_file/": "",
        },
        {"Équipe Rouge_31": {"devoir.ipynb"},
         "Équipe Bleue_32": {"src/devoir.ipynb", "src/utils.py"},
         "Équipe Verte_33": {"onlinetext.html"}, "Équipe Jaune_34": set()},
        set(),
    ),
    "Moodle flat, old and new": (
        "moodle",
        {
            "Jürgen Groß_8_assignsubmission_file_abgabe_v2.ipynb": "",
            "李 小龙_9_assignsubmission_file_作业.ipynb": "",
            "Siân O'Connor_10_assignsubmission_onlinetext_onlinetext.html": "<p>",
        },
        {"Jürgen Groß_8": {"abgabe_v2.ipynb"}, "李 小龙_9": {"作业.ipynb"},
         "Siân O'Connor_10": {"onlinetext.html"}},
        set(),
    ),
    "Moodle's folders with a late pile": (
        "moodle",
        {
            "Ana Ruiz_1_assignsubmission_file/hw.ipynb": "",
            "Bo Cook_2_assignsubmission_file/hw.ipynb": "",
            "verspätet/Bo Cook_2_assignsubmission_file/hw.ipynb": "",
            "verspätet/Cy Díaz_3_assignsubmission_file/hw.ipynb": "",
        },
        {"Ana Ruiz_1": {"hw.ipynb"}, "Bo Cook_2": {"hw.ipynb"}, "Cy Díaz_3": {"hw.ipynb"}},
        {"Bo Cook_2", "Cy Díaz_3"},
    ),
    "Brightspace in German, three attempts, an empty one": (
        "brightspace",
        {
            "7-51 - Jürgen Groß - 9 März 2026 1005/hw.ipynb": "",
            "7-51 - Jürgen Groß - 10 März 2026 905/hw.ipynb": "",
            "7-51 - Jürgen Groß - 11 März 2026 0905/": "",
            "7-52 - Ana - Maria Ruiz - 9 März 2026 2359/a.ipynb": "",
            "7-53 - Bo Cook - 9 März 2026 2359/hw.docx": "",
            "index.html": "<html>",
        },
        {"Jürgen Groß_7-51": {"hw.ipynb"}, "Ana - Maria Ruiz_7-52": {"a.ipynb"},
         "Bo Cook_7-53": {"hw.docx"}},
        set(),
    ),
    "Brightspace flat": (
        "brightspace",
        {
            "100-201 - Łukasz Żółć - Mar 1, 2026 1159 PM - losses.ipynb": "",
            "100-201 - Łukasz Żółć - Mar 1, 2026 1159 PM - data.csv": "",
            "100-202 - Kim Lee - Mar 1, 2026 1200 PM - losses - final.ipynb": "",
        },
        {"Łukasz Żółć_100-201": {"losses.ipynb", "data.csv"},
         "Kim Lee_100-202": {"losses - final.ipynb"}},
        set(),
    ),
    "Blackboard with receipts in Spanish": (
        "blackboard",
        {
            "Tarea_3_jo_ruiz_attempt_2026-03-01-10-00-00.txt": receipt("Jó Ruiz", "jo_ruiz", "a"),
            "Tarea_3_jo_ruiz_attempt_2026-03-01-10-00-00_tarea_3.ipynb": "",
            "Tarea_3_jo_ruiz_attempt_2026-03-03-10-00-00.txt": receipt("Jó Ruiz", "jo_ruiz", "a"),
            "Tarea_3_jo_ruiz_attempt_2026-03-03-10-00-00_tarea_3.ipynb": "",
            "Tarea_3_bcook_attempt_2026-03-01-10-00-00.txt": receipt("Bo Cook", "bcook"),
        },
        {"jo_ruiz": {"tarea_3.ipynb"}, "bcook": set()},
        set(),
    ),
    "Sakai in German": (
        "sakai",
        {
            "Übung 3/grades.csv": "",
            "Übung 3/Groß, Jürgen(jgross)/timestamp.txt": "20260301100000000",
            "Übung 3/Groß, Jürgen(jgross)/Anlagen zur Einreichung/hw.ipynb": "",
            "Übung 3/Groß, Jürgen(jgross)/Rückmeldung/hw.ipynb": "",
            "Übung 3/Kim, Yu-na(ykim)/timestamp.txt": "20260301100000000",
            "Übung 3/Kim, Yu-na(ykim)/Anlagen zur Einreichung/": "",
            "Übung 3/, Madonna(mad)/Anlagen zur Einreichung/a b.ipynb": "",
            "Übung 3/, Madonna(mad)/timestamp.txt": "",
        },
        {"jgross": {"hw.ipynb"}, "ykim": set(), "mad": {"a b.ipynb"}},
        set(),
    ),
    "GitHub Classroom with teams and an untouched clone": (
        "github",
        {
            "hw-3-submissions/hw-3-team-rocket/losses.ipynb": "",
            "hw-3-submissions/hw-3-team-rocket/tests/test_x.py": "",
            "hw-3-submissions/hw-3-ana-ruiz/notebooks/losses.ipynb": "",
            "hw-3-submissions/hw-3-bo/README.md": "",
        },
        {"team-rocket": {"losses.ipynb", "tests/test_x.py"}, "ana-ruiz": {"notebooks/losses.ipynb"},
         "bo": {"README.md"}},
        set(),
    ),
    "Google Classroom in Portuguese": (
        "plain",
        {
            "João Ávila - Perdas.ipynb": "", "Cópia de Inês Brito - Perdas.ipynb": "",
            "Rui Sá - Perdas (1).ipynb": "", "Rui Sá - Perdas.ipynb": "",
            "Zé Luz - Perdas.py": "",
        },
        {"João Ávila": {"João Ávila - Perdas.ipynb"},
         "Inês Brito": {"Cópia de Inês Brito - Perdas.ipynb"},
         "Rui Sá": {"Rui Sá - Perdas (1).ipynb"}, "Zé Luz": {"Zé Luz - Perdas.py"}},
        set(),
    ),
    "Teams, several versions, drafts beside them": (
        "teams",
        {
            "ML - Student Work/Submitted files/Ana Ruiz/HW/Version 2/a.ipynb": "",
            "ML - Student Work/Submitted files/Ana Ruiz/HW/Version 1/a.ipynb": "",
            "ML - Student Work/Working files/Ana Ruiz/HW/a.ipynb": "",
            "ML - Student Work/Submitted files/Đặng Văn/HW/Version 1/b.py": "",
            "ML - Student Work/Working files/Cy/HW/": "",
        },
        {"Ana Ruiz": {"a.ipynb"}, "Đặng Văn": {"b.py"}, "Cy": set()},
        set(),
    ),
    "Vocareum": (
        "vocareum",
        {
            "zoë@x.edu/submissions/1/work/hw.ipynb": "",
            "zoë@x.edu/submissions/2/work/hw.ipynb": "",
            "bo@x.edu/submissions/11/work/hw.ipynb": "",
            "bo@x.edu/submissions/9/work/hw.ipynb": "",
        },
        {"zoë@x.edu": {"hw.ipynb"}, "bo@x.edu": {"hw.ipynb"}},
        set(),
    ),
    "CoCalc": (
        "cocalc",
        {
            f"ml-collect/hw 3/{UUID}1/hw.ipynb": "",
            f"ml-collect/hw 3/{UUID}1/STUDENT - Zoë Größe.txt": "",
            f"ml-collect/hw 3/{UUID}2/sub/hw.ipynb": "",
            f"ml-collect/hw 3/{UUID}2/STUDENT - Bo.txt": "",
        },
        {f"{UUID}1": {"hw.ipynb"}, f"{UUID}2": {"sub/hw.ipynb"}},
        set(),
    ),
    "PrairieLearn": (
        "prairielearn",
        {
            "HW3/ana@x.edu_1_losses_1_1_71_hw.ipynb": "",
            "HW3/ana@x.edu_1_losses_1_2_72_hw.ipynb": "",
            "HW3/bo.b@y.org_1_losses_2_1_73_hw.ipynb": "",
        },
        {"ana@x.edu": {"hw.ipynb"}, "bo.b@y.org": {"hw.ipynb"}},
        set(),
    ),
    "nbgrader's exchange": (
        "nbgrader",
        {
            "inbound/ana+ps1+2026-03-01 10:00:00.123456 UTC+a1B2c3D4e5F6/hw.ipynb": "",
            "inbound/ana+ps1+2026-03-01 10:00:00.123456 UTC+a1B2c3D4e5F6/timestamp.txt": "",
            "inbound/ana+ps1+2026-03-02 10:00:00.123456 UTC+a1B2c3D4e5F6/hw.ipynb": "",
            "inbound/bo-b+ps1+2026-03-01 10:00:00.123456 UTC/hw.ipynb": "",
        },
        {"ana": {"hw.ipynb"}, "bo-b": {"hw.ipynb"}},
        set(),
    ),
    "nbgrader's submitted": (
        "nbgrader",
        {
            "submitted/ana/ps1/hw.ipynb": "", "submitted/ana/ps1/timestamp.txt": "2026",
            "submitted/bo/ps1/hw.py": "", "submitted/cy/ps1/": "", "gradebook.db": "",
        },
        {"ana": {"hw.ipynb"}, "bo": {"hw.py"}, "cy": set()},
        set(),
    ),
    "homes on a hub, with checkpoints": (
        "plain",
        {
            "home/agross/hw3/losses.ipynb": "", "home/agross/.ipynb_checkpoints/l.ipynb": "",
            "home/bcook/losses.ipynb": "", "home/cdíaz/a/b/c/losses.ipynb": "",
        },
        {"agross": {"hw3/losses.ipynb"}, "bcook": {"losses.ipynb"},
         "cdíaz": {"a/b/c/losses.ipynb"}},
        set(),
    ),
    "terms with sections, one name in two": (
        "plain",
        {
            "SS26/Gruppe A/ana.ipynb": "", "SS26/Gruppe A/bo.ipynb": "",
            "SS26/Gruppe A/flo.ipynb": "", "SS26/Gruppe B/gil.ipynb": "",
            "SS26/Gruppe B/ana.ipynb": "", "SS26/Gruppe B/cy.ipynb": "",
            "WS26/Gruppe A/dan.ipynb": "", "WS26/Gruppe A/eva.ipynb": "",
        },
        {"SS26/Gruppe A/ana": {"ana.ipynb"}, "SS26/Gruppe B/ana": {"ana.ipynb"},
         "bo": {"bo.ipynb"}, "cy": {"cy.ipynb"}, "dan": {"dan.ipynb"}, "eva": {"eva.ipynb"},
         "flo": {"flo.ipynb"}, "gil": {"gil.ipynb"}},
        set(),
    ),
    "mail attachments, kinds of files, marks of lateness": (
        "plain",
        {
            "ruiz_ana.ipynb": "", "cook_bo_LATE.ipynb": "", "groß_jürgen.ipynb.txt": "",
            "díaz_cy.py": "", "nguyễn_thu.html": "", "kim_yuna.pdf": "", "o'connor_siân.zip": "PK",
            "README.md": "", "grades.xlsx": "",
        },
        {"ruiz_ana": {"ruiz_ana.ipynb"}, "cook_bo": {"cook_bo_LATE.ipynb"},
         "groß_jürgen": {"groß_jürgen.ipynb.txt"}, "díaz_cy": {"díaz_cy.py"},
         "nguyễn_thu": {"nguyễn_thu.html"}, "kim_yuna": {"kim_yuna.pdf"},
         "o'connor_siân": {"o'connor_siân.zip"}},
        {"cook_bo"},
    ),
    "folders of groups with members' files": (
        "plain",
        {
            "Gruppe 1/losses.ipynb": "", "Gruppe 1/members.txt": "", "Gruppe 2/losses.ipynb": "",
            "Gruppe 3/": "", "Gruppe 4/losses.ipynb": "", "Gruppe 4/en retard/losses.ipynb": "",
        },
        {"Gruppe 1": {"losses.ipynb", "members.txt"}, "Gruppe 2": {"losses.ipynb"},
         "Gruppe 3": set(), "Gruppe 4": {"en retard/losses.ipynb"}},
        {"Gruppe 4"},
    ),
}  # fmt: skip


FORMS = (as_folder, as_zip, with_backslashes)


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
@pytest.mark.parametrize("case", CLASSES.values(), ids=CLASSES.keys())
def test_each_student_once_with_what_counts(
    tmp_path: Path, case: Case, form: Callable[[Path, Tree], Path]
) -> None:
    """No hand-in more, none less, the newest counts, and who is late is said to be."""
    layout, tree, counted, late = case
    with download.opened(form(tmp_path, tree)) as found:
        assert found.layout == layout
        assert {one.student: {file.path for file in one.files} for one in found.handins} == counted
        assert len(found.handins) == len(counted)
        assert {one.student for one in found.handins if one.late} == late
        check_that_every_notebook_is_told_of(found, tree)


def check_that_every_notebook_is_told_of(found: Intake, tree: Tree) -> None:
    """As somebody's, as replaced or as left out, and the counts of the last line add up."""
    mine = [file.found_at for one in found.handins for file in (*one.files, *one.earlier)]
    left = [one.file for one in found.left]
    everywhere = sorted(path for path in (*mine, *left) if is_notebook_name(path))
    assert everywhere == sorted(path for path in tree if is_notebook_name(path))
    assert found.notebooks == sum(map(is_notebook_name, mine))
