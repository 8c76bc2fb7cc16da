"""The pictures of the site, made anew in every build: what is shown is what the commands make."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from tests import notebooks
from tests.chromium import CHROMIUM, chromium
from tests.conftest import PROJECT
from tests.site import drawings

_WIDTH, _HEIGHT = 1100, 760
_NO_DELTA = """\
def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        return tf.where(a <= 1, a * a / 2, a - 0.5)
    return loss
"""
_SWAPPED = """\
def contrastive_loss(y_true, y_pred):
    near, far = tf.square(y_pred), tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean((1 - y_true) * near + y_true * far)
"""


def on_files(files: Files, config: Any) -> Files:
    """Add the pictures to the site's files."""
    for name, draw in drawings.DRAWINGS.items():
        files.append(File.generated(config, f"images/{name}.svg", content=draw()))
    if not CHROMIUM.exists():
        raise PluginError("the screenshots need Chromium: sudo apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        pages = {"feedback": _feedback(Path(folder)), "class": _class(Path(folder))}
        for name, data in _pictures(pages).items():
            files.append(File.generated(config, f"images/{name}.png", content=data))
    return files


def _feedback(folder: Path) -> Path:
    page = folder / "page.html"
    example = str(PROJECT / "docs" / "example.ipynb")
    _grader("grade", example, "-o", str(folder / "report.json"), "--feedback", str(page))
    return page


def _class(folder: Path) -> Path:
    submissions, results = folder / "submissions", folder / "results"
    write_class(submissions)
    _grader("batch", str(submissions), "-o", str(results), "--no-feedback")
    return results / "class.html"


def write_class(folder: Path) -> None:
    """A small class: some right, some with the same mistakes."""
    folder.mkdir()
    wrong = {
        "ana": {},
        "ben": {"my_huber_loss_with_threshold": _NO_DELTA},
        "chloe": {"contrastive_loss": _SWAPPED},
        "dario": {"my_huber_loss_with_threshold": _NO_DELTA, "contrastive_loss": _SWAPPED},
    }
    for number, (name, answers) in enumerate(wrong.items()):
        marked = {key: f"{source}# {number}\n" for key, source in answers.items()}
        (folder / f"{name}.ipynb").write_bytes(notebooks.honest(**marked))


def _grader(*argv: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", *argv], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PluginError(f"grader {argv[0]}: {done.stderr.strip()}")


def _pictures(pages: dict[str, Path]) -> dict[str, bytes]:
    with chromium() as browser:
        view = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        made = {}
        for name, page in pages.items():
            view.goto(page.as_uri())
            made[name] = view.screenshot()
            # One exercise that has a part of its points, and what is said of each that is lost.
            for box in view.locator(".box.partial").all()[:1]:
                made["points"] = box.screenshot()
    return made
