"""The class page in a real browser: 300 students, light and dark, desk and phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.class_results import Absent, Bin, Run, Summary, Taken
from grader.classroom.intake.handed import Handin, Left
from grader.classroom.results.gradebook import Tally
from grader.formats import wording
from grader.formats.class_page import csv_tables as class_csv
from grader.formats.class_page import page as class_page
from grader.observed import Observed, ObservedExercise
from grader.report import ExerciseStatus, Report, Status
from grader.submission import Submission
from tests.classroom import fakes

HOSTILE = "<script>document.title = 'owned'</script>\u202e"


def summary(students: int = 300) -> Summary:
    """A class with everything in it: late, unreadable, ungraded, hostile."""
    tally = Tally(ASSIGNMENT)
    for number in range(students):
        student = f"student{number:03}" if number else HOSTILE
        submission = Submission.of("hw.ipynb", b"x", student)
        status = Status.UNREADABLE if number % 50 == 7 else Status.GRADED
        report = fakes.report(submission, (number * 37) % 101, status=status)
        if number % 100 == 9:
            report = fakes.without_score(report)
        handin = Handin(student, name=f"Étudiant {number}", late=number % 9 == 0)
        paths = (f"reports/{number}.json", f"feedback/{number} #é.html")
        tally.add(changed(report, number), handin, paths, observed(report, number), "evidence/x")
    return tally.summary(
        layout="canvas",
        environment=fakes.environment(),
        left=[Left(HOSTILE, "does not say whose it is")],
        others=("older",),
        run=Run(students, 0),
    )


UNWRITTEN = "It is not written yet."


def changed(report: Report, number: int) -> Report:
    """The report, with some exercises missing, broken, or still as the starter has them."""
    fates = {
        3: (ExerciseStatus.MISSING, "No cell defines it."),
        4: (ExerciseStatus.BROKEN, "Its definition can't be executed."),
        5: (ExerciseStatus.FAILED, UNWRITTEN),
    }
    if report.status is not Status.GRADED or number % 10 not in fates:
        return report
    status, message = fates[number % 10]
    last = msgspec.structs.replace(
        report.exercises[-1],
        status=status,
        message=message,
        score=0.0,
        diagnosis=None,
        unwritten=message == UNWRITTEN,
    )
    lost = report.exercises[-1].score
    return msgspec.structs.replace(
        report, exercises=(*report.exercises[:-1], last), score=(report.score or 0) - lost
    )


def observed(report: Report, number: int) -> Observed:
    """Four have the same code, and many the same wrong values."""
    code = str(number if number % 100 != 12 else 11)
    seen = {one.name: ObservedExercise("same", f"{code} {one.name}") for one in report.exercises}
    return Observed(report.student, "", seen)


def test_nothing_of_a_student_becomes_markup() -> None:
    """Names, messages and file names are text, also what writes backwards."""
    text = class_page.page(summary(20))
    assert "<script>document" not in text
    assert "\u202e" not in text
    assert len(re.findall("<script", text)) == 1


def test_the_page_stands_alone() -> None:
    """No address of any other place, and a policy that allows nothing but its own script."""
    text = class_page.page(summary(20))
    assert "://" not in text
    assert "default-src 'none'" in text
    links = set(re.findall(r'(?:href|src)="([^"]*)', text))
    assert {link for link in links if not link.startswith("#")} == {
        *(f"feedback/{number}%20%23%C3%A9.html" for number in range(20)),
        *(f"reports/{number}.json" for number in range(20)),
        *(f"tables/{name}.csv" for name in class_csv.NAMES),
        *("evidence/x", "grades.csv"),
    }


def test_how_the_class_was_read_is_on_the_page() -> None:
    """What was taken for granted, and which option reads it otherwise; as text."""
    notices = (
        "2 hand-ins with several notebooks; --layout files reads each <b>",
        "in the roster: x",
    )
    read = msgspec.structs.replace(summary(20), notices=notices, taken=Taken(21, 3, 1))
    text = class_page.page(read)
    assert "Read as canvas: 20 hand-ins, 21 notebooks; left out: 3 files, 1 notebook among" in text
    assert "<li>2 hand-ins with several notebooks; --layout files reads each &lt;b&gt;</li>" in text
    assert "<li>in the roster: x</li>" in text


def test_who_has_no_score_or_none_of_it_is_told_why_in_the_row() -> None:
    """What can't be read is no wrong answer."""
    text = class_page.page(summary(20))
    assert "<strong>unreadable</strong> <small><bdi>" in text


def test_it_says_of_which_assignment_it_is() -> None:
    """By its title; a summary that was written before it had one has none."""
    text = class_page.page(summary(2))
    assert "<h1>Custom loss functions: the class</h1>" in text
    assert "<title>Custom loss functions: the class, 2 hand-ins</title>" in text
    untitled = class_page.page(msgspec.structs.replace(summary(2), title=""))
    assert "<h1>The class</h1>" in untitled
    assert "<title>The class, 2 hand-ins</title>" in untitled


def test_two_of_one_name_are_told_apart_wherever_they_stand() -> None:
    """In the list of the same code, and as an example, by the id; others by the name alone."""
    found = summary(20)
    named = {"student011": "Kim", "student012": "Kim", found.topics[0].example: "Kim"}
    rows = tuple(
        msgspec.structs.replace(row, name=named.get(row.student, row.name))
        for row in found.submissions
    )
    text = class_page.page(msgspec.structs.replace(found, submissions=rows))
    topics, _, rest = text.partition('<section aria-labelledby="scores">')
    alike = rest.partition('<section aria-labelledby="alike">')[2].partition("</section>")[0]
    for student in ("student011", "student012"):
        assert f"<bdi>Kim</bdi></a> <small><bdi>{student}</bdi></small>" in alike
    assert "example: <a" in topics
    assert "<bdi>Kim</bdi></a> <small><bdi>" in topics
    alone = class_page.page(found).partition('<section aria-labelledby="alike">')[2]
    assert "<bdi>Étudiant 11</bdi></a>, <a" in alone


def test_who_is_in_the_roster_alone_is_in_the_table() -> None:
    """A count says how many, and the same row as anybody's says that there is nothing."""
    absent = (Absent("noé", "Noé Adams"), Absent("zoë"))
    notices = ("in the roster, and nothing handed in: noé, zoë", "and more")
    text = class_page.page(msgspec.structs.replace(summary(20), absent=absent, notices=notices))
    assert notices[0] not in text
    assert f"<li>{notices[1]}</li>" in text
    assert 'data-tag="absent" data-what="in the roster, nothing handed in">2</a>' in text
    assert text.count('<tr data-tags="absent">') == 2
    assert "<bdi>Noé Adams</bdi> <small><bdi>noé</bdi></small>" in text
    assert 'data-tag="absent"' not in class_page.page(summary(20))


def test_who_is_in_a_group_is_told() -> None:
    """Whoever looks for one of them finds the row."""
    found = summary(3)
    last = msgspec.structs.replace(
        found.submissions[-1], members=("eva", "ida"), late=True, attempts=2
    )
    rows = (*found.submissions[:-1], last)
    text = class_page.page(msgspec.structs.replace(found, submissions=rows))
    assert " late, group, 2 attempts <small><bdi>eva, ida</bdi></small>" in text


@pytest.mark.parametrize(
    ("score", "status", "cell"),
    [
        (9.12, ExerciseStatus.MISSING, '9.12">9.12 <small>missing</small>'),
        (7.0, ExerciseStatus.BROKEN, '7.0">7 <small>can&#39;t be run</small>'),
        (0.0, ExerciseStatus.FAILED, '0.0">0 <small>wrong</small>'),
        (2.0, ExerciseStatus.PARTIAL, '2.0">2</td>'),
    ],
)
def test_what_keeps_points_says_what_it_is_too(
    score: float, status: ExerciseStatus, cell: str
) -> None:
    """Under another name it is missing, and yet one edit away from right."""
    made = fakes.report(Submission.of("hw.ipynb", b"x", "ann"), 100)
    last = msgspec.structs.replace(made.exercises[-1], score=score, status=status)
    tally = Tally(ASSIGNMENT)
    tally.add(
        msgspec.structs.replace(made, exercises=(*made.exercises[:-1], last)),
        Handin("ann"),
        ("reports/ann.json", ""),
    )
    found = tally.summary(
        layout="plain", environment=fakes.environment(), left=(), others=(), run=Run(1, 0)
    )
    assert cell in class_page.page(found)


def test_names_are_in_the_order_in_which_people_look_for_them() -> None:
    """Accents and capitals aside, also of letters that are written as one; 9 before 10."""
    names = [
        "anna 9",
        "Anna 10",
        "Émile",
        "Ezra",
        "José",
        "Lukas",
        "Łukasz",
        "Núñez",
        "Nuno",
        "Zoë",
    ]
    found = summary(len(names) + 1)
    rows = tuple(
        msgspec.structs.replace(row, name=name)
        for row, name in zip(found.submissions[1:], reversed(names), strict=True)
    )
    text = class_page.page(msgspec.structs.replace(found, submissions=rows))
    table = text.partition('<table id="table">')[2].partition("</table>")[0]
    assert re.findall(r"<th scope=\"row\"><a [^>]*><bdi>([^<]*)", table) == names


@pytest.mark.parametrize("most", [10, 45, 100])
def test_the_picture_of_the_scores_fits_any_number_of_points(most: int) -> None:
    """The full score stands at the end of ten columns, whatever it is."""
    found = summary(5)
    step = most / 10
    bins = [Bin(place * step, (place + 1) * step, 0) for place in range(10)]
    scores = msgspec.structs.replace(
        found.scores,
        bins=(*bins, Bin(most, most, 1)),
        quartiles=(0.25 * most, 0.75 * most),
        median=0.5 * most,
        mean=0.6 * most,
    )
    text = class_page.page(msgspec.structs.replace(found, scores=scores))
    assert "--low: 25.00; --high: 75.00; --median: 50.00; --mean: 60.00" in text
    first = wording.points(step)
    assert f'0<span class="upto">&ndash;{first}</span>' in text
    assert f'data-what="{most} points">1</a>' in text


def test_what_a_title_says_is_not_said_again() -> None:
    """Where the text begins with it, only what follows is below it, if anything does."""
    found = summary(20)
    topics = tuple(
        msgspec.structs.replace(found.topics[0], id=text, title="It returns nothing", text=text)
        for text in ("It returns nothing.", "It returns nothing. Why?", "It is empty.")
    )
    text = class_page.page(msgspec.structs.replace(found, topics=topics))
    facts = re.findall(r'<p class="facts">.*?</p>\n(?:<p>([^<]*)</p>)?', text)
    assert facts == ["", "Why?", "It is empty."]


def test_what_else_there_is_to_talk_about_is_a_table() -> None:
    """Four with their words, and all others in one table: nobody has to open anything."""
    found = summary(20)
    topics = tuple(
        msgspec.structs.replace(found.topics[0], id=f"v-{place}", title=f"mistake {place}")
        for place in range(9)
    )
    text = class_page.page(msgspec.structs.replace(found, topics=topics))
    first, _, rest = text.partition('<table class="rest">')
    assert [f"mistake {place}" in first for place in range(9)] == [True] * 4 + [False] * 5
    for place in range(4, 9):
        assert f'data-tag="t{place}" data-what="mistake {place}"' in rest
    assert '<table class="rest">' not in class_page.page(found)


@pytest.mark.browser
def test_a_desk_shows_all_columns_of_the_students(opened: Any) -> None:
    """Who is late, and the links, stand beside the points and not behind a scroll bar."""
    opened.set_viewport_size({"width": 1280, "height": 800})
    box = opened.locator(".tall:has(#table)")
    assert box.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_the_hardest_exercise_is_named() -> None:
    """By the part of its points that those who wrote it have."""
    found = summary(20)
    first, *others = found.exercises
    harder = msgspec.structs.replace(first, mean=0.1 * first.max_score)
    text = class_page.page(msgspec.structs.replace(found, exercises=(harder, *others)))
    assert "Hardest for those who wrote it: <code>my_<wbr>huber_<wbr>loss</code>, 10 %" in text


def test_who_has_full_points_is_told_as_people_say_it() -> None:
    """Nobody, one, or several."""
    found = summary(5)
    for count, words in ((0, "nobody has"), (1, "1 hand-in has"), (2, "2 hand-ins have")):
        last = msgspec.structs.replace(found.scores.bins[-1], count=count)
        scores = msgspec.structs.replace(found.scores, bins=(*found.scores.bins[:-1], last))
        text = class_page.page(msgspec.structs.replace(found, scores=scores))
        assert f"; {words} full points.</p>" in text


def test_a_class_of_nobody_and_of_one() -> None:
    """No division by nothing."""
    assert "Nobody has a score yet." in class_page.page(summary(0))
    assert "1 hand-in:" in class_page.page(summary(1))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of 300 students, on disk."""
    path = tmp_path_factory.mktemp("class") / "class.html"
    path.write_text(class_page.page(summary()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    """The page, opened; it must not complain, nor ask for anything else."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    page.close()
    assert complaints == []
    assert asked == [address]


def column(page: Any, number: int) -> list[str]:
    """The visible texts of one column of the students' table."""
    cells = page.locator(f"#table tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


@pytest.mark.browser
def test_sorting(opened: Any) -> None:
    """By score, both ways; who has none comes last each time; said to screen readers."""
    button = opened.locator("#table thead button", has_text="score")
    button.click()
    up = column(opened, 2)
    button.click()
    down = column(opened, 2)
    assert up[-3:] == down[-3:] == ["none"] * 3
    assert [float(text) for text in up[:-3]] == sorted(float(text) for text in up[:-3])
    assert [float(text) for text in down[:-3]] == sorted((float(t) for t in up[:-3]), reverse=True)
    assert opened.locator("#table thead [aria-sort]").get_attribute("aria-sort") == "descending"


@pytest.mark.browser
def test_sorting_by_name_counts_numbers_as_numbers(opened: Any) -> None:
    """`Étudiant 10` comes after `Étudiant 9`."""
    opened.locator("#table thead button", has_text="student").click()
    shown = [text.splitlines()[0] for text in column(opened, 1)]
    assert shown[:11] == [f"Étudiant {number}" for number in range(11)]


@pytest.mark.browser
def test_searching(opened: Any) -> None:
    """All words must be there, in any case; and it says how many are left."""
    opened.get_by_label("Search").fill("ÉTUDIANT student12")
    assert len(column(opened, 1)) == 10
    assert opened.locator("#found").inner_text() == "10 of 300"
    opened.get_by_label("Search").fill("")
    assert len(column(opened, 1)) == 300


@pytest.mark.browser
@pytest.mark.parametrize("words", ["etudiant 77", "Étudiant 77", "E\u0301TUDIANT 77"])
def test_searching_knows_no_accents(opened: Any, words: str) -> None:
    """Who types without them finds everybody, and who types them too."""
    opened.get_by_label("Search").fill(words)
    shown = {text.splitlines()[0] for text in column(opened, 1)}
    assert shown == {"Étudiant 77", "Étudiant 177", "Étudiant 277"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "words"),
    [("Łukasz Żółć", "lukasz zolc"), ("Søren Groß", "soren gross"), ("Đặng Ægir", "DANG aegir")],
)
def test_letters_that_have_no_accent_apart_are_found_too(
    browser: Any, tmp_path: Path, name: str, words: str
) -> None:
    """A keyboard elsewhere has none of them; whoever has them types them."""
    one = summary(2)
    rows = (one.submissions[0], msgspec.structs.replace(one.submissions[1], name=name))
    path = tmp_path / "class.html"
    path.write_text(class_page.page(msgspec.structs.replace(one, submissions=rows)), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    for typed in (words, name):
        page.get_by_label("Search").fill(typed)
        assert [text.splitlines()[0] for text in column(page, 1)] == [name]
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("link", "count"),
    [
        ('table.exercises a[data-tag="e5missing"]', 30),
        ('table.exercises a[data-tag="e5broken"]', 30),
        ('table.exercises a[data-tag="e5unwritten"]', 30),
        ('header a[data-tag="unreadable"]', 6),
        ('header a[data-tag="not_graded"]', 3),
        ('header a[data-tag="late"]', 34),
        ('.histogram a[data-tag="b10"]', None),
        ('.checks a[data-tag^="c"]', None),
        ('.topics a[data-tag="t0"]', None),
        ('#alike ~ ul a[data-tag="a0"]', 4),
    ],
)
def test_every_count_leads_to_those_whom_it_counts(
    opened: Any, link: str, count: int | None
) -> None:
    """One click: the table holds them alone, says so, and one more click shows all again."""
    found = opened.locator(link).first
    number = int(found.inner_text())
    assert count in {None, number}
    found.click()
    assert len(column(opened, 1)) == number
    assert opened.locator("#found").inner_text() == f"{number} of 300"
    assert opened.evaluate("location.hash") == "#students"
    opened.locator("#chip").click()
    assert len(column(opened, 1)) == 300


@pytest.mark.browser
def test_escape_shows_everybody_again(opened: Any) -> None:
    """From wherever the keyboard is, and what was typed goes too."""
    link = opened.locator('header a[data-tag="late"]')
    link.focus()
    opened.keyboard.press("Enter")
    assert len(column(opened, 1)) == 34
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.id") == "search"
    opened.keyboard.type("student000")
    assert len(column(opened, 1)) < 34
    opened.keyboard.press("Escape")
    assert len(column(opened, 1)) == 300
    assert opened.get_by_label("Search").input_value() == ""
    assert opened.locator("#chip").is_hidden()


@pytest.mark.browser
def test_a_count_is_read_out_with_what_it_counts(opened: Any) -> None:
    """A link that is called "30" says nothing; nor do six that are called "as CSV"."""
    link = opened.locator('table.exercises a[data-tag="e5broken"]')
    assert link.get_attribute("aria-label") == "30: ContrastiveLoss: can't be run"
    names = opened.locator("a.csv").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert len(set(names)) == len(names)
    assert all(name.endswith("as CSV") for name in names)
    head = opened.get_by_role("button", name="score", exact=True)
    head.click()
    assert head.count() == 1
    assert opened.locator("#table thead [aria-sort]").inner_text().strip() == "score"


@pytest.mark.browser
def test_a_zero_says_of_which_kind_it_is(opened: Any) -> None:
    """Missing, broken, never written and wrong; and the search finds the word."""
    opened.get_by_label("Search").fill("missing")
    assert {text.split()[1] for text in column(opened, 8)} == {"missing"}
    for words in ("can't be run", "not written", "wrong"):
        opened.get_by_label("Search").fill(words)
        assert column(opened, 1)


@pytest.mark.browser
def test_the_head_of_the_table_stays_in_sight(opened: Any) -> None:
    """However far one scrolls in it."""
    opened.locator("#table tbody tr").nth(250).scroll_into_view_if_needed()
    head = opened.locator("#table thead th").first.bounding_box()
    box = opened.locator(".tall:has(#table)").bounding_box()
    assert abs(head["y"] - box["y"]) < 3


@pytest.mark.browser
def test_printed_it_holds_all_students(browser: Any, address: str) -> None:
    """No scroll box cuts the table off."""
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto(address)
    page.emulate_media(media="print")
    for box in page.locator(".tall:visible").all():
        assert box.evaluate("(one) => one.scrollHeight <= one.clientHeight + 2")
    assert page.locator("#search").is_hidden()
    page.close()


@pytest.mark.browser
def test_printed_the_pictures_keep_their_colours(opened: Any) -> None:
    """A browser prints no backgrounds unless it is told to, and bars are nothing else."""
    opened.emulate_media(media="print")
    for drawn in (".column", ".box .half", ".legend .key", ".stack span", ".rate .bar"):
        one = opened.locator(drawn).first
        assert one.evaluate("(one) => getComputedStyle(one).printColorAdjust") == "exact"


@pytest.mark.browser
def test_printed_each_page_of_the_table_has_its_head(opened: Any) -> None:
    """Chromium leaves a head out on the second page that has buttons in it, or sticks."""
    opened.emulate_media(media="print")
    heads = opened.locator("#table thead th:visible")
    assert heads.count() == 9
    for head in heads.all():
        assert head.evaluate("(one) => getComputedStyle(one).position") == "static"
        button = head.locator("button")
        assert button.evaluate("(one) => getComputedStyle(one).display") == "contents"


@pytest.mark.browser
def test_without_scripts_all_is_there(browser: Any, address: str) -> None:
    """The table, the pictures, the links; the search field, which would do nothing, is not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#table tbody tr").count() == 300
    assert page.locator(".histogram .column").count() == 11
    assert page.locator("#search").is_hidden()
    assert page.locator("#table tbody th a").count() == 300
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    """Axe finds nothing, with everything unfolded; one row more is like another."""
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "class.html"
    made = summary(30)
    more = msgspec.structs.replace(
        made, topics=made.topics * 8, absent=(Absent("noé", "Noé Adams"),)
    )
    path.write_text(class_page.page(more), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    results = Axe().run(page)
    found = [
        (one["id"], node["html"][:200])
        for one in results.response["violations"]
        for node in one["nodes"][:2]
    ]
    page.close()
    assert found == []


@pytest.mark.browser
def test_a_phone_scrolls_tables_and_not_the_page(browser: Any, address: str) -> None:
    """360 pixels wide."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize(("tier", "warned"), [("process", True), ("landlock", False)])
def test_weak_isolation_is_said(tier: str, *, warned: bool) -> None:
    """Whoever reads of a class knows what the students' code could do."""
    environment = msgspec.structs.replace(fakes.environment(), isolation=tier)
    warning = wording.warning(environment)
    assert bool(warning) is warned
    seen = msgspec.structs.replace(summary(2), warnings=(warning,) if warning else ())
    assert ("weak isolation" in class_page.page(seen)) is warned


@pytest.mark.browser
def test_a_printed_page_is_as_wide_as_its_paper(opened: Any) -> None:
    """No column of the students' table is cut off, and red is not all that tells why."""
    opened.set_viewport_size({"width": 794, "height": 1123})
    opened.emulate_media(media="print")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 794
    assert opened.locator("#table .is-missing small").first.inner_text() == "missing"
