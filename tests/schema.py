"""`python -m tests.schema` writes `grader/report.schema.json` again from the report's types."""

from __future__ import annotations

import msgspec

from grader import files, report
from tests.conftest import PROJECT

if __name__ == "__main__":
    data = msgspec.json.format(msgspec.json.encode(report.schema()), indent=2) + b"\n"
    files.write(PROJECT / "grader" / "report.schema.json", data)
