"""Real sandboxes, around a worker that executes whatever a test sends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Child, Sandbox, Tier, start
from grader.sandbox.launch import WORKER
from tests.sandbox import measuring
from tests.sandbox.asking import worker_folder
from tests.sandbox.tiers import STRONG, need


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real worker with the stand-in service."""
    made = worker_folder(tmp_path_factory.mktemp("worker"))
    yield made
    measuring.collect(made)


@pytest.fixture(scope="session")
def folder_with_tensorflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """As `folder`, with TensorFlow in it."""
    made = worker_folder(tmp_path_factory.mktemp("worker"))
    shutil.copy(WORKER / "answering" / "runtime.py", made / "answering")
    yield made
    measuring.collect(made)


@pytest.fixture(scope="session", params=list(Tier))
def sandbox(request: pytest.FixtureRequest, folder: Path) -> Iterator[Sandbox]:
    """A sandbox in each tier that works here."""
    with start(need(request.param), folder) as started:
        yield started


@pytest.fixture(scope="session", params=STRONG)
def strong(request: pytest.FixtureRequest, folder: Path) -> Iterator[Sandbox]:
    """A sandbox in each tier that shuts strangers in."""
    with start(need(request.param), folder) as started:
        yield started


@pytest.fixture
def child(sandbox: Sandbox) -> Iterator[Child]:
    """A fresh child in each tier."""
    with sandbox.open() as opened:
        yield opened


@pytest.fixture
def inmate(strong: Sandbox) -> Iterator[Child]:
    """A fresh child in each strong tier."""
    with strong.open() as opened:
        yield opened
