"""Real notebooks, a file per story: what is found in them, and that it works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.worker.reading import slicing
from grader.worker.reading.documents.notebook import read
from tests.worker.cells import Ran, run_survey

NOTEBOOKS = Path(__file__).resolve().parents[2] / "data" / "notebooks"
HUBER = ("my_huber_loss", "my_huber_loss_with_threshold", "MyHuberLoss")
CONTRASTIVE = ("contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss")
# What stands beside the definitions.
BESIDE = ("fit(", "plt", "load_data", "mount(", "download", "sys", "plot_model", "print(")

# Each story: the file, the names found in it with the cells they use, and what is noted.
STORIES = [
    pytest.param(
        "huber_lab",
        {HUBER[0]: (2, 5), HUBER[1]: (2, 9), HUBER[2]: (2, 12)},
        (),
        id="the course's lab, with magics inside a try and long trainings",
    ),
    pytest.param(
        "siamese_lab",
        {CONTRASTIVE[0]: (2, 6, 7), CONTRASTIVE[1]: (2, 7, 8), CONTRASTIVE[2]: (2, 7, 11, 12)},
        ("Cell 10 is not valid Python and was left out: line 1: '(' was never closed.",),
        id="missing modules, a broken cell, a class in two cells",
    ),
    pytest.param("format_3", {HUBER[0]: (2, 4)}, (), id="format 3 with two worksheets"),
    pytest.param(
        "colab",
        {HUBER[0]: (2, 3, 4), HUBER[1]: (2, 3, 4, 5), HUBER[2]: (2, 3, 4, 6)},
        ("Cell 2 imports `tensorflow_addons`, which is not there when grading.",),
        id="Colab, with shell lines, a form, downloads and two-space indents",
    ),
    pytest.param(
        "out_of_order",
        {HUBER[0]: (5, 6, 7, 8), HUBER[2]: (1, 5, 7, 8)},
        ("`my_huber_loss` is defined 2 times, in cells 3 and 6; the last one, in cell 6, counts.",),
        id="cells in the wrong order, imports last, failures before definitions",
    ),
]


def read_story(file: str) -> tuple[slicing.Survey, dict[str, slicing.Slice]]:
    """The notebook, and what is found of each of the six names."""
    book = read((NOTEBOOKS / f"{file}.ipynb").read_bytes())
    survey = slicing.survey(book, HUBER + CONTRASTIVE)
    return survey, {finding.name: finding for finding in survey.findings}


@pytest.mark.parametrize(("file", "cells", "notes"), STORIES)
def test_what_is_found(
    file: str, cells: dict[str, tuple[int, ...]], notes: tuple[str, ...]
) -> None:
    """The names, the cells they use and nothing else, and what the author should know."""
    survey, findings = read_story(file)
    found = {name: finding.cells for name, finding in findings.items() if finding.state == "found"}
    assert found == cells
    assert survey.notes == notes


def values(ran: Ran, names: tuple[str, ...], tf: Any) -> list[float]:
    """The sum of each loss over a few pairs, threshold or margin 1."""
    y_true = tf.constant([1.0, 0.0, 1.0, 0.0])
    y_pred = tf.constant([0.5, 0.25, 3.0, 3.0])
    results = []
    for name in names:
        made = ran[name] if name in {HUBER[0], CONTRASTIVE[0]} else ran[name](1.0)
        results.append(round(float(tf.reduce_sum(made(y_true, y_pred))), 4))
    return results


@pytest.mark.slow
@pytest.mark.parametrize(("file", "cells", "notes"), STORIES)
def test_what_is_found_works(
    file: str, cells: dict[str, tuple[int, ...]], notes: tuple[str, ...]
) -> None:
    """Each name alone, and all together, give the right values."""
    import tensorflow as tf

    survey, _ = read_story(file)
    # Errors of 0.5, 0.25, 2 and 3; a class gives the mean over the four.
    huber = 0.125 + 0.03125 + 1.5 + 2.5
    contrastive = (0.25 + 0.75**2 + 9 + 0) / 4
    right = {HUBER[0]: huber, HUBER[1]: huber, HUBER[2]: huber / 4}
    expected = [round(right.get(name, contrastive), 4) for name in cells]
    assert values(run_survey(survey, tuple(cells)), tuple(cells), tf) == expected
    for name, value in zip(cells, expected, strict=True):
        ran = run_survey(survey, (name,))
        assert values(ran, (name,), tf) == [value]
        assert not [word for word in BESIDE if word in ran.text]
