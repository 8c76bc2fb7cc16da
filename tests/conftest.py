"""Fixtures of many tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.report import Report
from tests import reports

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def project() -> Path:
    """The project's own folder."""
    return PROJECT


@pytest.fixture
def mixed_report() -> Report:
    """One exercise of each kind: right, partly right, wrong, missing, broken."""
    return reports.mixed()
