"""What needs more than a formula earns the same in every tier that works here."""

from __future__ import annotations

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.errors import TierUnavailable
from grader.judging import grade
from grader.report import Report
from grader.sandbox import Tier, start
from grader.submission import Submission
from tests import notebooks

pytestmark = [pytest.mark.wall, pytest.mark.slow]

AWAITS = """\
import asyncio
async def later(value):
    await asyncio.sleep(0)
    return value
ONE = await later(1.0)
"""

NOTEBOOK = notebooks.of_cells(
    notebooks.IMPORTS,
    "from tensorflow.python.ops.numpy_ops import np_config\nnp_config.enable_numpy_behavior()",
    AWAITS,
    '%%writefile settings.json\n{"half": 0.5}',
    "import json\nHALF = json.load(open('settings.json'))['half']",
    "%%writefile course/helpers.py\ndef line(size, limit):\n    return limit * (size - limit / 2)",
    "from course.helpers import line",
    # Half of these need what a cell above sets, waits for or writes.
    notebooks.HUBER.replace("<= 1", "<= ONE").replace(" / 2", " * HALF"),
    notebooks.HUBER_WRAPPER.replace("threshold * (tf.abs(error) - threshold / 2)",
                                    "line(tf.abs(error), threshold)"),
    notebooks.HUBER_CLASS,
    notebooks.CONTRASTIVE.replace("tf.reduce_mean(y_true * pull + (1 - y_true) * push)",
                                  "(y_true * pull + (1 - y_true) * push).mean()"),
    "%%file margins.py\nimport tensorflow as tf\n" + notebooks.CONTRASTIVE_WRAPPER,
    "%run margins.py",
    notebooks.CONTRASTIVE_CLASS,
)  # fmt: skip


def test_full_points_and_one_report_in_every_tier() -> None:
    reports: list[Report] = []
    for tier in Tier:
        try:
            with start(tier) as sandbox:
                report = grade(
                    Submission.of("notebook.ipynb", NOTEBOOK), sandbox, ASSIGNMENT
                ).report
        except TierUnavailable:
            continue
        assert report.score == 100, tier
        assert report.environment.isolation == tier
        environment = msgspec.structs.replace(report.environment, isolation="")
        reports.append(
            msgspec.structs.replace(
                report,
                environment=environment,
                timing=msgspec.UNSET,
            )
        )
    assert reports
    assert all(report == reports[0] for report in reports)
