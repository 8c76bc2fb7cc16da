"""Fixtures of many tests."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import hypothesis
import pytest

from grader.report import Report
from grader.sandbox.launch import ENVIRONMENT
from tests import reports

PROJECT = Path(__file__).resolve().parent.parent

# The same examples in every run: one that fails by chance tells nothing of the change at hand.
# `--hypothesis-profile=default` looks for others.
hypothesis.settings.load_profile("ci")


# TensorFlow in a test's own process computes as it does in a worker: in one thread, so that no
# sum depends on how busy the machine is.
os.environ |= {name: text for name, text in ENVIRONMENT.items() if name.startswith("TF_NUM_")}


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that are tested.

    A shell that runs the tests in the background has them ignore it, and all they start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Divide the tests among test processes by what they share."""
    from tests.scheduling import Together

    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a test process among others, put first what takes long."""
    if hasattr(config, "workerinput"):
        from tests.scheduling import rank

        items.sort(key=lambda item: rank(item.nodeid))


@pytest.fixture
def project() -> Path:
    """The project's own folder."""
    return PROJECT


@pytest.fixture(scope="session")
def _new_assignment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from grader.authoring.new import new

    made = tmp_path_factory.mktemp("new") / "own"
    new(made)
    return made


@pytest.fixture
def own_assignment(_new_assignment: Path, tmp_path: Path) -> Path:
    """A folder called `own`, with an assignment as `grader new` writes it."""
    return Path(shutil.copytree(_new_assignment, tmp_path / "own"))


@pytest.fixture
def mixed_report() -> Report:
    """One exercise of each kind: right, partly right, wrong, missing, broken."""
    return reports.mixed()
