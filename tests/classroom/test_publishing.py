"""What a finished batch leaves for the instructor, and how much that takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.classroom import folder, publishing
from grader.classroom.batch import Outcome
from grader.classroom.handed import Handin, Intake
from grader.errors import FaultError
from grader.formats import class_summary
from grader.judging.submission import Submission
from grader.report import Report
from tests.classroom import fakes


def class_of(count: int) -> tuple[Intake, Outcome]:
    """So many students, all graded."""
    handins = tuple(Handin(f"s{number:05}") for number in range(count))
    outcome = Outcome(count, count, 0, fakes.environment(), (), (), interrupted=False)
    return Intake("plain", handins), outcome


def report(student: str) -> Report:
    """A report."""
    return fakes.report(Submission.of("hw.ipynb", b"x", student), 55)


def test_table_summary_and_page(tmp_path: Path) -> None:
    """All three, about the same class."""
    found, outcome = class_of(3)
    with folder.opened(tmp_path, (one.student for one in found.handins)) as out:
        for handin in found.handins:
            out.write(report(handin.student), "<p>page")
        summary = publishing.publish(out, found, outcome)
    assert class_summary.decode((tmp_path / "summary.json").read_bytes()) == summary
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8").count("\n") == 4
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert 'href="feedback/s00001.html"' in page


def test_a_report_that_vanished_is_a_fault(tmp_path: Path) -> None:
    """A table with a hole in it would be believed."""
    found, outcome = class_of(2)
    with folder.opened(tmp_path, (one.student for one in found.handins)) as out:
        out.write(report("s00000"))
        with pytest.raises(FaultError, match=r"s00001\.json"):
            publishing.publish(out, found, outcome)
    assert not (tmp_path / "grades.csv").exists()


@pytest.mark.slow
def test_ten_thousand_reports_take_little_time_and_memory(tmp_path: Path) -> None:
    """Read one by one and let go: under 30 seconds and a gigabyte."""
    (tmp_path / "reports").mkdir()
    from grader import report as reports

    template = report("s")
    for number in range(10_000):
        student = f"s{number:05}"
        data = reports.encode(msgspec.structs.replace(template, student=student))
        (tmp_path / "reports" / f"{student}.json").write_bytes(data)
    code = (
        "import resource, sys, time\nfrom pathlib import Path\n"
        "from grader.classroom import folder, publishing\n"
        "from tests.classroom.test_publishing import class_of\n"
        "found, outcome = class_of(10_000)\n"
        "with folder.opened(Path(sys.argv[1]), (h.student for h in found.handins)) as out:\n"
        "    publishing.publish(out, found, outcome)\n"
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stdout.split())
    assert seconds < 30
    assert memory < 2**30
    assert (tmp_path / "class.html").stat().st_size > 1_000_000
