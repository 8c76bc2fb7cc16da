"""The students' notebook in JupyterLab, in a real browser: opened, run from top to bottom, saved."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.custom_losses.exercises import BY_NAME
from tests.assignment.test_running import failures, pictures, printed
from tests.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROJECT = Path(__file__).resolve().parents[2]
MINUTES = 60_000
# Misspells a name, as anybody might.
WRONG = "def my_huber_loss(y_true, y_pred):\n    return tf.abs(y_true - ypred)\n"
# Is there once all cells have been run: an error would stop JupyterLab before it.
LAST = 'Path("finished").touch()'

Ran = Callable[..., dict[str, nbformat.NotebookNode]]


def notebook(solved: bool, **instead: str) -> nbformat.NotebookNode:  # noqa: FBT001
    """The starter, with the reference's cells in it if `solved`, and others instead of some."""
    made = nbformat.read(PROJECT / "assignment/custom_losses.ipynb", 4)
    reference = nbformat.read(PROJECT / "solutions/custom_losses.ipynb", 4)
    sources = {cell.id: cell.source for cell in reference.cells}
    for cell in made.cells:
        if solved and "is not written yet" in cell.source and cell.id != "selfcheck-import":
            cell.source = sources[cell.id]
        cell.source = instead.get(cell.id, cell.source)
    made.cells.append(nbformat.v4.new_code_cell(LAST, id="last"))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebook lies, and nothing else."""
    made: Path = tmp_path_factory.mktemp("work")
    return made


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab for that folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path_factory.mktemp("settings")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", "--ServerApp.ip=127.0.0.1", f"--port={port}"]
    command += ["--IdentityProvider.token=", "--ServerApp.password=", "--LabApp.news_url="]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = os.environ | {name: str(settings / name) for name in folders}
    address = f"http://127.0.0.1:{port}"
    with (settings / "log").open("wb") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"{address}/api", started, settings / "log")
            yield address
        finally:
            started.terminate()
            started.wait(timeout=60)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ran(folder: Path, server: str, browser: Any) -> Ran:
    """Opens a notebook in JupyterLab, runs all of it, saves it, and gives its code cells."""

    def run(name: str, made: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
        path = _laid(folder, name, made)
        view = _opened(browser, server, path)
        _run_all(view)
        _look(view)
        cells = _saved(view, path)
        view.close()
        return {cell.id: cell for cell in cells if cell.cell_type == "code"}

    return run


def _laid(folder: Path, name: str, made: nbformat.NotebookNode) -> Path:
    """The notebook in the folder, alone."""
    for old in folder.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    path = folder / f"{name}.ipynb"
    nbformat.write(made, path)
    return path


def _opened(browser: Any, server: str, path: Path) -> Any:
    view = browser.new_page(viewport={"width": 1300, "height": 900})
    view.goto(f"{server}/lab/tree/{path.name}?reset", timeout=3 * MINUTES)
    view.locator(".jp-Notebook .jp-MarkdownCell h1").wait_for(timeout=3 * MINUTES)
    # What is run before there is a kernel, JupyterLab drops without a word.
    view.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=3 * MINUTES)
    return view


def _run_all(view: Any) -> None:
    view.get_by_role("menuitem", name="Run", exact=True).click()
    view.get_by_text("Run All Cells", exact=True).click()
    _until(view, "(await fetch('/api/contents/finished')).ok", 10)


def _saved(view: Any, path: Path) -> list[nbformat.NotebookNode]:
    """The cells once the last one's number is in the file."""
    deadline = time.monotonic() + 180
    while True:
        view.get_by_role("menuitem", name="File", exact=True).click()
        view.get_by_text("Save Notebook", exact=True).click()
        view.wait_for_timeout(1000)
        cells: list[nbformat.NotebookNode] = nbformat.read(path, 4).cells
        if cells[-1].execution_count is not None:
            return cells
        assert time.monotonic() < deadline, "JupyterLab does not save the notebook"


def _until(view: Any, condition: str, minutes: int) -> None:
    """Asks the server again and again: JupyterLab itself does not say when a run is over."""
    deadline = time.monotonic() + 60 * minutes
    while not view.evaluate(f"async () => {condition}"):
        assert time.monotonic() < deadline, condition
        view.wait_for_timeout(500)


def _look(view: Any) -> None:
    """What can be seen: the self-check's cell is folded up, drawings and formulas are there."""
    assert view.locator(".jp-CodeCell .jp-Placeholder").count() >= 1
    panel = view.locator(".jp-WindowedPanel-outer")
    drawings: set[str] = set()
    formulas = 0
    for step in range(60):
        panel.evaluate(f"(one) => one.scrollTop = {step} * 600")
        view.evaluate("new Promise((done) => requestAnimationFrame(() => done(true)))")
        drawings |= set(
            view.evaluate(
                "[...document.querySelectorAll('.jp-MarkdownCell img')]"
                ".filter((one) => one.complete && one.naturalWidth > 0).map((one) => one.alt)"
            )
        )
        formulas += view.locator(".jp-MarkdownCell mjx-container").count()
    assert len(drawings) == 2
    assert formulas > 0


def _graded(path: Path, page: Path) -> Any:
    """The report on what the student saved, and a page for them."""
    command = [sys.executable, "-m", "grader", "grade", str(path), "-o", "-"]
    done = subprocess.run(
        [*command, "--feedback", str(page)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.wall
def test_the_way_of_a_student(folder: Path, server: str, browser: Any, tmp_path: Path) -> None:
    """One exercise wrong: what the self-check says, mended by hand, saved, graded, page opened."""
    made = notebook(solved=True, **{"huber-function": WRONG})
    right = notebook(solved=True)
    (mended,) = (cell.source for cell in right.cells if cell.id == "huber-function")
    # Trainings and plots have tests of their own.
    made.cells = [cell for cell in made.cells if not cell.id.endswith(("-plot", "-fit"))]
    path = _laid(folder, "student", made)
    view = _opened(browser, server, path)
    _run_all(view)
    _saved(view, path)
    page = tmp_path / "page.html"
    first = _graded(path, page)
    assert first["score"] < 100
    assert first["exercises"][0]["status"] != "passed"
    reader = browser.new_page()
    reader.goto(page.as_uri())
    assert "ypred" in reader.inner_text("body")

    wrong = view.locator(".jp-CodeCell", has_text="y_true - ypred").first
    wrong.scroll_into_view_if_needed()
    wrong.locator(".cm-content").first.click()
    view.keyboard.press("Control+A")
    view.keyboard.insert_text(mended)
    checked = view.locator(".jp-CodeCell", has_text='check("my_huber_loss", my_huber_loss)').first
    assert "name 'ypred' is not defined" in checked.inner_text()
    (folder / "finished").unlink()
    _run_all(view)
    cells = {cell.id: cell for cell in _saved(view, path)}
    assert cells["huber-function"].source == mended
    assert "All of this looks right." in printed(cells["huber-function-check"])
    assert _graded(path, page)["score"] == 100
    reader.reload()
    assert "100 of 100" in " ".join(reader.inner_text("body").split())
    for each in (view, reader):
        each.close()


def test_untouched(ran: Ran) -> None:
    """Everything is run; each cell that needs an exercise says which, and nothing fails."""
    cells = ran("untouched", notebook(solved=False))
    assert failures(cells) == {}
    assert cells["setup"].outputs == []
    for name, cell in cells.items():
        if name.endswith(("-plot", "-fit")):
            assert "is not written yet, so there is nothing to see here" in printed(cell)
    assert "my_huber_loss is not written yet" in printed(cells["huber-function-check"])


def test_one_exercise_wrong(ran: Ran) -> None:
    """It says what stops it, and all the others go on."""
    cells = ran("wrong", notebook(solved=True, **{"huber-function": WRONG}))
    assert failures(cells) == {}
    assert "name 'ypred' is not defined" in printed(cells["huber-function-check"])
    assert "my_huber_loss stops here" in printed(cells["huber-function-fit"])
    assert pictures(cells["huber-function-plot"]) == 0
    right = [cell for name, cell in cells.items() if name.endswith("-check")]
    assert sum("All of this looks right." in printed(cell) for cell in right) == len(BY_NAME) - 1
    assert "21.30 at x = 10" in printed(cells["huber-wrapper-fit"])


def test_all_right(ran: Ran) -> None:
    """Each check is content, and each training reaches the numbers that the text promises."""
    cells = ran("right", notebook(solved=True))
    assert failures(cells) == {}
    checks = [cell for name, cell in cells.items() if name.endswith("-check")]
    assert all("All of this looks right." in printed(cell) for cell in checks)
    assert "20.59 at x = 10, and a loss of 11.78" in printed(cells["huber-function-fit"])
    assert pictures(cells["contrastive-class-fit"]) == 2
