"""A report is what its schema says, and survives being written and read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from grader import report
from grader.report import CheckStatus, Evidence, Place, Report, Status
from tests import reports


def test_the_published_schema_is_that_of_the_code(project: Path) -> None:
    """`python -m tests.schema` writes it again after a change of the types."""
    published = json.loads((project / "grader" / "report.schema.json").read_bytes())
    assert published == json.loads(msgspec.json.encode(report.schema()))


def test_a_report_fits_its_schema(mixed_report: Report) -> None:
    """The schema is checked by a validator that knows nothing of the types."""
    jsonschema.validate(
        json.loads(report.encode(mixed_report)),
        json.loads(msgspec.json.encode(report.schema())),
    )


@pytest.mark.parametrize("status", list(Status))
def test_what_is_written_is_read_back(status: Status) -> None:
    """Nothing is lost, whatever became of the submission."""
    written = reports.make_report(status=status, message="ça va", student=None)
    assert report.decode(report.encode(written)) == written


def test_no_score_is_null_and_never_zero() -> None:
    """A fault of the grader is told apart from a zero."""
    written = json.loads(report.encode(reports.make_report(status=Status.NOT_GRADED)))
    assert written["score"] is None


def test_evidence_is_in_a_report_only_if_it_was_asked_for() -> None:
    """A report for a student has not even the key."""
    plain = reports.make_check("labels", CheckStatus.FAILED, line=Place(3, 2))
    shown = msgspec.structs.replace(plain, evidence=Evidence(("got = [1.0]",)))
    written = reports.make_report(reports.make_exercise("contrastive_loss", plain, shown))
    first, second = json.loads(report.encode(written))["exercises"][0]["checks"]
    assert "evidence" not in first
    assert second["evidence"] == {"lines": ["got = [1.0]"]}
    assert report.decode(report.encode(written)) == written


def test_a_report_from_before_a_field_was_there_is_read(mixed_report: Report) -> None:
    """Schema 1 grows; what was written before it grew is a report all the same."""
    old = json.loads(report.encode(mixed_report))
    del old["hand_in"]
    for exercise in old["exercises"]:
        del exercise["unwritten"]
    assert report.decode(json.dumps(old).encode()) == mixed_report


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'{"schema_version": 1}', b"\xff"],
    ids=["nothing", "an empty object", "a list", "a part", "no text"],
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    """Reading another file by mistake is noticed."""
    with pytest.raises(msgspec.DecodeError):
        report.decode(data)


def test_the_form_of_a_report_is_the_published_one(mixed_report: Report) -> None:
    """Other people's scripts rely on these names."""
    written = json.loads(report.encode(mixed_report))
    assert set(written) == {
        "schema_version", "status", "student", "submission", "score", "max_score", "message",
        "exercises", "notes", "environment", "timing", "assignment",
        "hand_in",
    }  # fmt: skip
    assert set(written["submission"]) == {"file", "sha256"}
    assert set(written["exercises"][1]) == {
        "name", "status", "score", "max_score", "cells", "message", "diagnosis", "checks",
        "slip", "unwritten",
    }  # fmt: skip
    assert written["exercises"][1]["checks"][1] == {
        "name": "other_thresholds",
        "title": "other thresholds",
        "status": "failed",
        "score": 0,
        "max_score": 6,
        "message": "With other thresholds than 1 the values stay the same.",
        "line": {"cell": 9, "line": 4},
    }
    assert set(written["environment"]) == {
        "grader", "rubric", "python", "tensorflow", "keras", "isolation", "code", "numpy",
    }  # fmt: skip
