"""Each attack in `attacks/`, in each tier that works on this machine.

The exercise under attack gets what it deserves, the others what they got without the attack,
the machine is as it was, and the next submission gets the report it had before, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.report import CheckStatus, Exercise, Report
from tests.hostile import honest
from tests.hostile.attack import Attack
from tests.hostile.field import Aftermath, Field
from tests.hostile.grading import exercise, words
from tests.hostile.probes import Batch

pytestmark = [pytest.mark.hostile, pytest.mark.wall]


def test_a_probe_is_stopped(
    field: Field, hostile: Attack, probed: Callable[[Attack], tuple[Batch, Aftermath]]
) -> None:
    """An attack that tries one thing; five others are in its notebook."""
    batch, after = probed(hostile)
    held = exercise(after.report, batch.exercise_of(hostile))
    assert comes_to(held, hostile.probed_in(field.tier)), told(held)
    if hostile.stopped_in(field.tier):
        assert after.wrongs == ()


def test_an_attack_costs_itself_alone(field: Field, hostile: Attack, honest_report: Report) -> None:
    """An attack, the exercises beside it, and the submission after it."""
    stopped = hostile.stopped_in(field.tier)
    after = field.aftermath(hostile.notebook(field.host.world()), stopped=stopped)
    expected = hostile.expected_in(field.tier)
    for before in honest_report.exercises:
        made = exercise(after.report, before.name)
        if before.name in expected:
            assert comes_to(made, expected[before.name]), told(made)
        elif before.name in honest.NEIGHBOURS:
            assert made == before
        else:
            assert made.score == 0
    said = words(after.report)
    assert hostile.message in said
    assert not [word for word in hostile.forbidden if word in said]
    assert after.wrongs == ()


def comes_to(made: Exercise, expected: str) -> bool:
    """Whether an exercise came to what was expected of it; "this or that" allows both."""
    if " or " in expected:
        return any(comes_to(made, each) for each in expected.split(" or "))
    if expected == "any":
        return True
    if expected == "not passed":
        return made.score < made.max_score
    if expected in (CheckStatus.TIMEOUT, CheckStatus.CRASHED):
        return made.score == 0 and any(check.status == expected for check in made.checks)
    return made.status == expected


def told(made: Exercise) -> str:
    """All that a report says of an exercise, for whoever reads the failure of a test."""
    checks = [f"{check.name}: {check.status}: {check.message}" for check in made.checks]
    return "\n".join([f"{made.name}: {made.status}: {made.message}", *checks])
