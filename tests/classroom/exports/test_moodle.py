"""A Moodle worksheet gets the grades of its participants; feedback goes back into its folders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.classroom.exports import moodle
from grader.classroom.exports.matching import Unmatched
from grader.classroom.exports.scores import Terms
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError
from tests.classroom.exports.conftest import cells, summary

Read = Callable[[str], Table]

SHEET = """Identifier,"Full name","Email address",Status,Grade,Maximum Grade,Last modified (grade)
"Participant 5","Ann O'Lee",ann@x,Submitted,,100.00,-
"Participant 6","Bob Roe",bob@x,Submitted,3.00,100.00,-
"Participant 7","Cem Öz",cem@x,"No submission",,100.00,-
"""
GERMAN = """Kennung,"Vollständiger Name",Bewertung
"Teilnehmer/in 5","Ann Lee",
"Teilnehmer/in 6","Bob Roe",
"""


def handin(name: str, pid: str) -> Handin:
    """A hand-in out of a Moodle download."""
    folder = f"{name}_{pid}_assignsubmission_file"
    return Handin(f"{name}_{pid}", name=name, ids={"moodle": pid}, folder=folder)


def test_grades_go_to_their_participants(table: Read) -> None:
    """All columns as they were but the grade; only the lines that have one."""
    found = summary((handin("Ann OLee", "5"), 87.5), (handin("Bob Roe", "6"), 100))
    export = moodle.worksheet(found, table(SHEET), terms=Terms(replace=True))
    assert export.data.decode().splitlines() == [
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)",
        "Participant 5,Ann O'Lee,ann@x,Submitted,87.50,100.00,-",
        "Participant 6,Bob Roe,bob@x,Submitted,100.00,100.00,-",
    ]
    assert (export.unmatched, export.replaced) == ((), ("Bob Roe_6: 3.00 -> 100.00",))


def test_a_grade_that_is_there_stays_unless_it_may_be_replaced(table: Read) -> None:
    """With both numbers."""
    export = moodle.worksheet(summary((handin("Bob Roe", "6"), 88)), table(SHEET))
    assert export.unmatched == (
        Unmatched("Bob Roe_6", "has 3.00 there already, and 88.00 here; --replace writes it"),
    )


def test_who_is_not_in_it_is_listed(table: Read) -> None:
    """A number that is missing, or belongs to another name: a team's may be a person's too."""
    found = summary(
        (handin("Ann Lee", "55"), 50), (handin("Team Blue", "6"), 50), (handin("Cem Öz", "7"), None)
    )
    export = moodle.worksheet(found, table(SHEET))
    assert export.count == 0
    assert export.unmatched == (
        Unmatched("Ann Lee_55", "is not in the table"),
        Unmatched("Cem Öz_7", "has no score"),
        Unmatched("Team Blue_6", "has a number that is somebody else's there"),
    )


def test_addresses_count_where_there_is_no_number(table: Read) -> None:
    """A folder named by address, or Gradescope's people."""
    found = summary((Handin("ann@x"), 50), (Handin("S1", ids={"email": "cem@x"}), 60))
    export = moodle.worksheet(found, table(SHEET))
    assert (export.count, export.unmatched) == (2, ())


SITES = {
    "German": (
        "ID,Vollständiger Name,E-Mail,Status,Bewertung,Bestwertung,Kann geändert werden,Zuletzt",
        'Teilnehmer/in5,"Ann Lee",ann@x,"Zur Bewertung abgegeben",,"10,00",{locked},-',
        "Ja", "Nein", "8,75",
    ),
    "French": (
        "Identifiant,Nom complet,Courriel,Statut,Note,Note maximale,Peut être modifiée,Remarques",
        'Participant 5,Ann Lee,ann@x,Remis pour évaluation,,"10,00",{locked},',
        "Oui", "Non", "8,75",
    ),
    "Japanese, with groups and a marker": (
        "識別子,姓名,メールアドレス,ステータス,グループ,評定者,評点,最大評点,ワークフロー,変更可能,最終更新",
        "参加者 5,Ann Lee,ann@x,提出済み 評定,A,,,10.00,未評定,{locked},-",
        "はい", "いいえ", "8.75",
    ),
    "made up": ("a,b,c,d,e,f,g", "x 5,Ann Lee,ann@x,p q,,10.00,{locked}", "blip", "", "8.75"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "line", "yes", "no", "score"), SITES.values(), ids=SITES.keys())
def test_sites_in_other_languages(
    table: Read, head: str, line: str, yes: str, no: str, score: str
) -> None:
    """By the order and shape of columns alone; what is locked is listed, and never written.

    Where nobody knows whether a word means that, it is told.
    """
    found = summary((handin("Ann Lee", "5"), 87.5))
    sheet = table(f"{head}\n{line.format(locked=yes)}\n")
    with pytest.raises(UsageError, match=r"10 points.*--scale"):
        moodle.worksheet(found, sheet)
    export = moodle.worksheet(found, sheet, terms=Terms(scale=True))
    (written,) = cells(export.data)[1:]
    assert score in written
    assert (export.count, len(export.warnings)) == (1, 0 if no else 1)
    by_address = moodle.worksheet(summary((Handin("ann@x"), 20)), sheet, terms=Terms(scale=True))
    assert by_address.count == 1
    if no:
        locked = table(f"{head}\n{line.format(locked=no)}\n")
        export = moodle.worksheet(found, locked, terms=Terms(scale=True, replace=True))
        assert export.unmatched == (Unmatched("Ann Lee_5", "has a grade that is locked in Moodle"),)


def test_words_that_nobody_knows_are_told(table: Read) -> None:
    """Moodle leaves a locked grade alone whatever is uploaded."""
    sheet = table("a,b,c,d,e\nx5,Ann Lee,,100,yop\nx6,Bob Roe,,100,nix\n")
    (warning,) = moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), sheet).warnings
    assert "'e' is nix or yop" in warning
    sheet = table("a,b,c,d,state,e\nx5,Ann Lee,,100,open,nix\nx6,Bob Roe,,100,done,nix\n")
    (warning,) = moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), sheet).warnings
    assert "'e' is nix:" in warning


@pytest.mark.parametrize(("yes", "no"), [("是的", "否"), ("بله", "خیر"), ("ہاں", "نہیں")])
def test_yes_and_no_in_many_languages(table: Read, yes: str, no: str) -> None:
    """Also where all are locked, so that one word alone is there."""
    both = summary((handin("Ann Lee", "5"), 50), (handin("Bob Roe", "6"), 50))
    lines = "a,b,c,d,e\nx5,Ann Lee,,100,{}\nx6,Bob Roe,,100,{}\n"
    assert moodle.worksheet(both, table(lines.format(yes, no))).count == 1
    assert moodle.worksheet(both, table(lines.format(no, no))).count == 0


@pytest.mark.parametrize("scale", ["Fail, Pass, Merit", "Fail\nPass\nMerit", "Pass\n1\n2"])
@pytest.mark.parametrize("grade", ["", "-", "Pass"])
@pytest.mark.parametrize("wanted", [None, "Grade"])
def test_a_scale_takes_no_scores(table: Read, scale: str, grade: str, wanted: str | None) -> None:
    """Moodle grades by words there, and writes each of them on a line."""
    head = 'Identifier,Full name,Email,Status,Grade,Scale,"Grade can be changed",Last,Comments\n'
    line = f'Participant 5,Ann Lee,a@x,Done,{grade},"{scale}",Yes,"Friday, 1 March 2024",\n'
    with pytest.raises(UsageError, match="by a scale of words"):
        moodle.worksheet(
            summary((handin("Ann Lee", "5"), 50)), table(head + line), wanted, Terms(scale=True)
        )


UNCLEAR = {
    "no points at all": ("0,00", None, "0 points are possible"),
    "a thousand, or one": ("10,000", "Grade", "can't be read for certain"),
    "a dash": ("-", None, "--column"),
}


@pytest.mark.parametrize(("most", "wanted", "words"), UNCLEAR.values(), ids=UNCLEAR.keys())
def test_a_maximum_that_says_nothing(
    table: Read, most: str, wanted: str | None, words: str
) -> None:
    """Nothing is written by guess."""
    head = "Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,Comments\n"
    sheet = table(f'{head}Participant 5,Ann Lee,Submitted,,"{most}",Yes,\n')
    with pytest.raises(UsageError, match=words):
        moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), sheet, wanted, Terms(scale=True))


def test_a_worksheet_without_a_maximum(table: Read) -> None:
    """One column of blanks is the grades'; of two, one has to be named. It says what is missing."""
    found = summary((handin("Ann Lee", "5"), 50))
    export = moodle.worksheet(found, table(GERMAN))
    assert export.data.decode().splitlines()[1] == "Teilnehmer/in 5,Ann Lee,50.00"
    assert "does not say which grade is the highest" in export.warnings[0]
    two = table('Kennung,"Vollständiger Name",Gruppe,Bewertung\nTeilnehmer/in 5,Ann Lee,,\n')
    with pytest.raises(UsageError, match=r"--column \(Kennung, Vollst"):
        moodle.worksheet(found, two)
    assert moodle.worksheet(found, two, "Bewertung").count == 1
    with pytest.raises(UsageError, match="has no column 'Note'"):
        moodle.worksheet(found, two, "Note")


def test_a_class_of_one_with_an_id_number(table: Read) -> None:
    """Which is one number on every line, as the maximum is."""
    head = "Identifier,Full name,Phone,ID number,Status,Grade,Maximum Grade,Can be changed\n"
    sheet = table(f"{head}Participant 5,Ann Lee,,4711,Submitted for grading,,100.00,Yes\n")
    export = moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), sheet)
    assert cells(export.data)[1][5] == "50.00"


def test_a_class_of_one_with_a_date_between_words(table: Read) -> None:
    """Which is a list with commas on every line, behind a dash, as a scale is."""
    head = "Identifier,Full name,Status,Grade,Maximum Grade,Changes,Submission,Marked,Comments\n"
    line = 'Participant 5,Ann Lee,Submitted,,100.00,{},-,"Friday, 1 March 2024, 10:00 AM",Well done'
    for yes in ("Yes", "blip"):
        sheet = table(f"{head}{line.format(yes)}\n")
        export = moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), sheet)
        assert cells(export.data)[1][3] == "50.00"
    scale = table(f"{head}{line.format('Yes')}\n".replace("100.00", '"Fail\nPass"'))
    with pytest.raises(UsageError, match="by a scale of words"):
        moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), scale)


def test_grades_that_are_all_the_same(table: Read) -> None:
    """Behind nobody's name for a marker, they look like a maximum."""
    head = "Identifier,Full name,Status,Marker,Grade,Maximum Grade,Changes\n"
    sheet = table(f"{head}Participant 5,Ann Lee,Submitted,,20.00,100.00,Yes\n")
    export = moodle.worksheet(
        summary((handin("Ann Lee", "5"), 50)), sheet, terms=Terms(replace=True)
    )
    assert cells(export.data)[1][4] == "50.00"


def test_blind_marking(table: Read) -> None:
    """Numbers alone, and a word for the name."""
    sheet = "Identifier,Status,Grade\nParticipant 77,Submitted,\n"
    export = moodle.worksheet(summary((handin("Participant", "77"), 50)), table(sheet))
    assert (export.count, export.unmatched) == (1, ())


BLIND = {
    "the worksheet has no names": (
        "Αναγνωριστικό,Κατάσταση,Βαθμός,Μέγιστος βαθμός,Αλλάζει\n"
        '{word}12,Υποβλήθηκε,,"100,00",Yes\n{word}13,Υποβλήθηκε,,"100,00",Yes\n'
    ),
    "whoever made it may see them": (
        "Αναγνωριστικό,Όνομα,Κατάσταση,Βαθμός,Μέγιστος βαθμός,Αλλάζει\n"
        '{word}12,Ann Lee,Υποβλήθηκε,,"100,00",Yes\n{word}13,Bob Roe,Υποβλήθηκε,,"100,00",Yes\n'
    ),
}


@pytest.mark.parametrize("sheet", BLIND.values(), ids=BLIND.keys())
@pytest.mark.parametrize("word", ["Συμμετέχων", "Συμμετέχοντας"])
def test_blind_marking_in_two_forms_of_a_word(table: Read, sheet: str, word: str) -> None:
    """In Greek a participant is called one thing in the worksheet and another in the download."""
    both = summary((handin("Συμμετέχοντας", "12"), 70), (handin("Συμμετέχοντας", "13"), 80))
    export = moodle.worksheet(both, table(sheet.format(word=word)))
    assert [row[-3] for row in cells(export.data)[1:]] == ["70,00", "80,00"]
    assert export.unmatched == ()


@pytest.mark.parametrize("name", ["Kim", "Lee"])
def test_one_name_of_all_hand_ins_is_no_blind_marking(table: Read, name: str) -> None:
    """Where the worksheet has names: neither somebody's, nor one that nobody has there."""
    sheet = table("Identifier,Full name,Grade\nParticipant 5,Kim,\nParticipant 6,Kim,\n"
                  "Participant 7,Bob Roe,\n")  # fmt: skip
    export = moodle.worksheet(summary((handin(name, "7"), 87), (handin(name, "5"), 60)), sheet)
    assert [row[0] for row in cells(export.data)[1:]] == ["Participant 5"] * (name == "Kim")
    assert Unmatched(f"{name}_7", "has a number that is somebody else's there") in export.unmatched


def test_who_is_suspended_has_markup_around_the_name(table: Read) -> None:
    """As Moodle writes it into the worksheet."""
    name = '<span class=""usersuspended"">Ann Lee <img src=""x"" title=""Suspended"" /></span>'
    sheet = f'Identifier,Full name,Grade\nParticipant 5,"{name}",\n'
    assert moodle.worksheet(summary((handin("Ann Lee", "5"), 50)), table(sheet)).count == 1


def test_numbers_and_names_of_a_roster(table: Read) -> None:
    """A number that somebody looked up is theirs; the name to compare is that of the folder."""
    sheet = table("Identifier,Full name,Grade\nParticipant 5,Ann Lee,\nParticipant 6,Bob Roe,\n")
    looked_up = Handin("octo", ids={"github": "octo", "moodle": "5"})
    renamed = replace(handin("Bob Roe", "6"), name="Roe, Bob")
    export = moodle.worksheet(summary((looked_up, 50), (renamed, 60)), sheet)
    assert (export.count, export.unmatched) == (2, ())


def test_addresses_are_found_wherever_they_stand(table: Read) -> None:
    """Behind numbers with a blank in them, and in any case."""
    head = "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Changes\n"
    sheet = table(f"{head}Participant 5,Ann Lee,12 345,ann@x.edu,Submitted,,100.00,Yes\n")
    assert moodle.worksheet(summary((Handin("Ann@X.edu"), 50)), sheet).count == 1


TEAMS = """Identifier,"Full name",Email,Status,Group,Marker,Grade,Maximum Grade,Can be changed
Participant 5,Ann Lee,a@x,Submitted,Team Red,Dr Red,,100.00,Yes
Participant 6,Bob Roe,b@x,Submitted,Team Red,Dr Red,,100.00,No
Participant 7,Cem Öz,c@x,Submitted,"Blue & Co",,,100.00,Yes
Participant 8,Di Guo,d@x,Nothing,Default group,,,100.00,Yes
"""


def test_a_team_has_a_line_for_each_member(table: Read) -> None:
    """Found by its name: its number may be a member's, or anybody's."""
    nobodys = Handin("Default group", folder="Default group_assignsubmission_file")
    red, blue = handin("Team Red", "5"), handin("Blue  Co", "5")
    found = summary(
        (red, 80), (blue, 60), (handin("Green", "7"), 50), (nobodys, 10),
        (handin("Team-Red", "9"), None),
    )  # fmt: skip
    export = moodle.worksheet(found, table(TEAMS))
    assert {row[0][-1]: row[6] for row in cells(export.data)[1:]} == {
        "5": "80.00", "7": "60.00", "8": "10.00",
    }  # fmt: skip
    assert export.unmatched == (
        Unmatched("Green_7", "is not in the table"),
        Unmatched("Team Red_5 (Bob Roe)", "has a grade that is locked in Moodle"),
        Unmatched("Team-Red_9", "has no score"),
    )


def test_teams_that_a_folders_name_does_not_tell_apart(table: Read) -> None:
    """Neither gets the other's score."""
    sheet = table(TEAMS.replace('"Blue & Co"', "Team-Red"))
    export = moodle.worksheet(summary((handin("Team Red", "301"), 80)), sheet)
    assert export.unmatched == (
        Unmatched("Team Red_301", "has a name that several teams have there"),
    )


@pytest.mark.parametrize("team", ["Yes", "100.00", "Submitted"])
def test_a_teams_name_is_looked_for_among_teams(table: Read, team: str) -> None:
    """And not in cells that say something else of somebody."""
    assert moodle.worksheet(summary((handin(team, "5"), 80)), table(SHEET)).count == 0


def test_a_team_that_is_called_as_a_status_is(table: Read) -> None:
    """Its members get the score, and not all who have that status; nor where another stands."""
    submitted, red = handin("Submitted", "5"), handin("Team Red", "5")
    sheet = table(TEAMS.replace('"Blue & Co"', "Submitted"))
    (row,) = cells(moodle.worksheet(summary((submitted, 80)), sheet).data)[1:]
    assert (row[0], row[6]) == ("Participant 7", "80.00")
    assert moodle.worksheet(summary((submitted, 80)), table(TEAMS)).count == 0
    department = table(SHEET.replace(",Status", ",Department,Status").replace("@x,", "@x,Maths,"))
    assert moodle.worksheet(summary((submitted, 80), (red, 60)), department).count == 0


def test_teams_where_there_are_no_names(table: Read) -> None:
    """The status stands in their place."""
    lines = "".join(f"Participant {n},Submitted,Team {n % 2},,100.00,Yes\n" for n in range(4))
    sheet = table(f"Identifier,Status,Group,Grade,Maximum Grade,Can be changed\n{lines}")
    export = moodle.worksheet(summary((handin("Team 1", "2"), 80)), sheet)
    assert [row[0] for row in cells(export.data)[1:]] == ["Participant 1", "Participant 3"]


@pytest.mark.parametrize("team", ["P", "Part", "---"])
def test_a_teams_number_is_no_participants(table: Read, team: str) -> None:
    """However its name begins; it stands in the folder where a person's would."""
    sheet = 'Identifier,"Full name",Grade\nParticipant 12,Ann Lee,\n'
    export = moodle.worksheet(summary((handin(team, "12"), 95)), table(sheet))
    assert export.count == 0
    (unmatched,) = export.unmatched
    assert unmatched.reason == "has a number that is somebody else's there"


def test_members_of_a_group_are_found_by_any_of_their_ids(table: Read) -> None:
    """As one person is: the student number or the address."""
    group = Handin("7+8", members=("7", "8"), member_ids={"7": ("ann@x",), "8": ("bob@x",)})
    export = moodle.worksheet(summary((group, 50)), table(SHEET), terms=Terms(replace=True))
    assert (export.count, export.unmatched) == (2, ())


def test_another_table_is_refused(table: Read) -> None:
    """Names are no identifiers; nor is there anything to fill below a header alone."""
    with pytest.raises(UsageError, match="has no participants"):
        moodle.worksheet(summary((handin("Ann Lee", "5"), 1)), table("Identifier,Name,Grade\n"))
    with pytest.raises(UsageError, match="is no grading worksheet"):
        moodle.worksheet(summary((handin("Ann Lee", "5"), 1)), table("Name,Grade\nAnn,1\n"))


def test_feedback_goes_back_into_the_folders(tmp_path: Path) -> None:
    """One page each, under Moodle's own name; the same pages give the same bytes."""
    cem = Handin("cem", folder="losses-cem")
    found = summary((handin("Ann Lee", "5"), 50), (handin("Bob Roe", "6"), 50), (cem, 10))
    (tmp_path / "feedback").mkdir()
    for student in ("Ann Lee_5", "cem"):
        page = tmp_path / "feedback" / f"{student}.html"
        page.write_text(f"<p>{student}", encoding="utf-8")
    export = moodle.feedback_zip(found, tmp_path)
    with zipfile.ZipFile(io.BytesIO(export.data)) as archive:
        assert archive.namelist() == ["Ann Lee_5_assignsubmission_file/feedback.html"]
        assert archive.read(archive.namelist()[0]) == b"<p>Ann Lee_5"
    assert export.unmatched == (
        Unmatched("Bob Roe_6", "has no feedback page"),
        Unmatched("cem", "was not downloaded from Moodle"),
    )
    assert moodle.feedback_zip(found, tmp_path).data == export.data
