"""What wrong answers cost, and what a feedback page costs, beside a right notebook."""

from __future__ import annotations

import json
import random
import statistics
import time

from nbformat.v4 import nbbase

from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring import variants
from grader.formats.feedback.page import page
from grader.judging import grade
from grader.sandbox import Sandbox, start
from grader.submission import Submission
from tests.benchmarks.measuring import PROJECT, REFERENCE, table

RUNS = 3
# So many notebooks of six known mistakes are drawn; any of them says little of the others.
DRAWN = 3
SIX = "six wrong answers"


def tables() -> str:
    """A right notebook and notebooks of six wrong answers, in turn; then with pages."""
    notebooks = {"reference notebook": [REFERENCE.read_bytes()], SIX: wrong()}
    grading: dict[str, list[float]] = {name: [] for name in notebooks}
    paging: dict[str, list[float]] = {name: [] for name in notebooks}
    times = []
    with start() as wall:
        _cost(REFERENCE.read_bytes(), wall, shown=True)
        for _ in range(RUNS):
            for name, some in notebooks.items():
                costs = [_cost(one, wall, shown=False) for one in some]
                shown = [_cost(one, wall, shown=True) for one in some]
                grading[name].append(statistics.mean(costs))
                paging[name].append(statistics.mean(shown) - statistics.mean(costs))
            right, six = (column[-1] for column in grading.values())
            times.append(six / right)
    rows = []
    for name in notebooks:
        shares = [a / b for a, b in zip(paging[name], grading[name], strict=True)]
        rows.append(
            [
                name,
                f"{statistics.median(grading[name]):.2f}",
                f"{statistics.median(times):.1f}" if name == SIX else "",
                f"{statistics.median(paging[name]):.2f}",
                f"{statistics.median(shares):.0%}",
            ]
        )
    return table(
        [
            "one notebook, warm worker",
            "CPU s",
            "times a right one",
            "its page, CPU s",
            "of its grading",
        ],
        rows,
    )


def wrong() -> list[bytes]:
    """Notebooks of six known mistakes each, drawn out of all that can be executed at once."""
    chance = random.Random(3)
    known = [one for one in variants.load(ASSIGNMENT, PROJECT) if not one.right]
    found = []
    for _ in range(DRAWN):
        picked = [
            chance.choice([one for one in known if one.exercises == (name,)])
            for name in ASSIGNMENT.names
        ]
        cells = [
            "".join(cell["source"])
            for one in picked
            for cell in json.loads(one.notebook)["cells"]
            if cell["cell_type"] == "code"
        ]
        code = [nbbase.new_code_cell(text, id=f"c{place}") for place, text in enumerate(cells)]
        found.append(json.dumps(nbbase.new_notebook(cells=code)).encode())
    return found


def _cost(notebook: bytes, wall: Sandbox, *, shown: bool) -> float:
    """CPU seconds of the judge and all children, with the page if it is shown."""
    graded = grade(Submission.of("notebook.ipynb", notebook), wall, ASSIGNMENT, show_cells=shown)
    begun = time.process_time()
    if shown:
        page(graded)
    return graded.report.timing.cpu_seconds + time.process_time() - begun
