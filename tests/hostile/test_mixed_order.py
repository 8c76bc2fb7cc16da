"""Honest and hostile submissions in any order: nobody's report depends on who came before."""

from __future__ import annotations

import random

import pytest

from grader.report import Report
from tests.hostile import honest, witness
from tests.hostile.field import Field, tried
from tests.hostile.grading import graded, timeless
from tests.hostile.probes import batches

pytestmark = [pytest.mark.hostile, pytest.mark.wall, pytest.mark.slow]

SUBMISSIONS, HOSTILE, WHOLE = 100, 33, 7
# Attacks that take no more time than an honest notebook.
QUICK = ("S", "T", "H", "P", "I", "Z", "C")
SLOW = ("timeout", "broken")


def hostile_notebooks(field: Field) -> list[bytes]:
    """The notebooks of attacks that are quick and stopped in this tier."""
    world = field.host.world()
    single = [
        each.notebook(world)
        for each in tried(field.tier)
        if each.group.startswith(QUICK)
        and not each.probe
        and each.stopped_in(field.tier)
        and not set(each.expected_in(field.tier).values()) & set(SLOW)
    ]
    stopped = [each for each in tried(field.tier) if each.stopped_in(field.tier)]
    return single + [batch.notebook(world) for batch in batches(stopped, field.tier)]


@pytest.mark.parametrize("seed", [1])
def test_a_hundred_submissions_in_random_order(
    field: Field, honest_report: Report, witness_report: Report, seed: int
) -> None:
    """Each honest one gets, to the byte, the report that it gets alone."""
    order = random.Random(seed)
    whole, watchful = honest.honest_notebook(), witness.witness_notebook()
    kinds = {whole: timeless(honest_report), watchful: timeless(witness_report)}
    notebooks = order.sample(hostile_notebooks(field), HOSTILE)
    # The watchful ones cost the least, and see the most.
    notebooks += [whole] * WHOLE + [watchful] * (SUBMISSIONS - HOSTILE - WHOLE)
    order.shuffle(notebooks)
    for place, notebook in enumerate(notebooks):
        made = graded(field.sandbox, notebook)
        if notebook in kinds:
            assert timeless(made) == kinds[notebook], f"submission {place}"
    assert field.workers.wrongs(patient=True) == []
    assert field.host.wrongs() == []
