"""Ten thousand small reports: the table, the summary and the page out of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from grader import report as reports
from grader.judging.submission import Submission
from tests.benchmarks.measuring import PROJECT, table
from tests.classroom import fakes

COUNT = 10_000
_CODE = """
import json, resource, sys, time
from pathlib import Path
began = time.monotonic()
from grader.classroom import folder, publishing
from tests.classroom.test_publishing import class_of
found, outcome = class_of(int(sys.argv[2]))
with folder.opened(Path(sys.argv[1]), (one.student for one in found.handins)) as out:
    publishing.publish(out, found, outcome)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": time.monotonic() - began, "peak": peak}))
"""


def tables() -> str:
    """`grades.csv`, `summary.json` and `class.html`, in a process of their own."""
    template = fakes.report(Submission.of("hw.ipynb", b"x", "s"), 55)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "reports").mkdir()
        for number in range(COUNT):
            student = f"s{number:05}"
            data = reports.encode(msgspec.structs.replace(template, student=student))
            (folder / "reports" / f"{student}.json").write_bytes(data)
        command = [sys.executable, "-c", _CODE, str(folder), str(COUNT)]
        done = subprocess.run(command, check=True, cwd=PROJECT, capture_output=True, text=True)
        page = (folder / "class.html").stat().st_size
    found = json.loads(done.stdout)
    row = [f"{found['seconds']:.1f}", f"{found['peak'] / 1024:.0f}", f"{page / 2**20:.1f}"]
    heads = [f"{COUNT:,} small reports", "wall s", "peak MiB", "page, MiB"]
    return table(heads, [["table, summary, class page", *row]])
