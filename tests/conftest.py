"""Fixtures of many tests."""

from __future__ import annotations

import signal
from pathlib import Path

import hypothesis
import pytest

from grader.report import Report
from tests import reports

PROJECT = Path(__file__).resolve().parent.parent

# The same examples in every run: one that fails by chance tells nothing of the change at hand.
# `--hypothesis-profile=default` looks for others.
hypothesis.settings.load_profile("ci")


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that are tested.

    A shell that runs the tests in the background has them ignore it, and all they start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several test processes, keep the tests of a file together, and what they share.

    Files that say another group themselves are divided by it.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(PROJECT).as_posix()))


@pytest.fixture
def project() -> Path:
    """The project's own folder."""
    return PROJECT


@pytest.fixture
def mixed_report() -> Report:
    """One exercise of each kind: right, partly right, wrong, missing, broken."""
    return reports.mixed()
