"""Ten thousand small reports: the table, the summary and the page out of them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from grader import report as reports
from grader.submission import Submission
from tests.benchmarks.measuring import PROJECT, table
from tests.classroom import fakes

COUNT = 10_000
# Not `ru_maxrss`: a process started by a larger one is born with that one's peak.
_CODE = """
import json, re, sys, time
from pathlib import Path
began = time.monotonic()
from grader.assignments.custom_losses import ASSIGNMENT
from grader.classroom.batch import folder
from grader.classroom.results import publishing
from tests.classroom import fakes
found, outcome = fakes.graded_class(int(sys.argv[2]))
with folder.opened(Path(sys.argv[1]), (one.student for one in found.handins)) as out:
    publishing.publish(out, found, outcome, ASSIGNMENT)
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
took = {"seconds": time.monotonic() - began, "cpu": time.process_time()}
print(json.dumps({**took, "peak": int(peak[1]) * 1024}))
"""


class Published(msgspec.Struct, frozen=True):
    """Wall and CPU seconds, and the most memory that the process held, in bytes."""

    seconds: float
    cpu: float
    peak: int


def published(folder: Path, count: int) -> Published:
    """Publish a class of so many in a process of its own; the folder holds the results."""
    template = fakes.report(Submission.of("hw.ipynb", b"x", "s"), 55)
    (folder / "reports").mkdir()
    for handin in fakes.graded_class(count)[0].handins:
        data = reports.encode(msgspec.structs.replace(template, student=handin.student))
        (folder / "reports" / f"{handin.student}.json").write_bytes(data)
    command = [sys.executable, "-c", _CODE, str(folder), str(count)]
    done = subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=Published)


def tables() -> str:
    """`grades.csv`, `summary.json` and `class.html`, in a process of their own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found = published(folder, COUNT)
        page = (folder / "class.html").stat().st_size
    row = [
        f"{found.seconds:.1f}",
        f"{found.cpu:.1f}",
        f"{found.peak / 2**20:.0f}",
        f"{page / 2**20:.1f}",
    ]
    heads = [f"{COUNT:,} small reports", "wall s", "CPU s", "peak MiB", "page, MiB"]
    return table(heads, [["table, summary, class page", *row]])
