"""An answer that is one slip from right: as mended less the slip, and never less than it earns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judging.marks import with_slip
from grader.report import Check, CheckStatus


def check(name: str, points: float, *, passed: bool) -> Check:
    status = CheckStatus.PASSED if passed else CheckStatus.FAILED
    return Check(name, name, status, points if passed else 0.0, points)


CHECKS = (check("a", 2, passed=True), check("b", 5, passed=False), check("c", 3, passed=False))


def score(checks: tuple[Check, ...]) -> float:
    return sum(each.score for each in checks)


def test_it_earns_what_the_mended_answer_earns_less_the_slip() -> None:
    checks = with_slip(CHECKS, {"a", "b", "c"}, cost=4.5)
    assert score(checks) == 5.5
    assert [each.score for each in checks] == [2, 2.25, 1.25]
    assert [each.status for each in checks] == [each.status for each in CHECKS]


def test_what_the_mended_answer_does_not_pass_is_lost_besides() -> None:
    checks = with_slip(CHECKS, {"a", "b"}, cost=4.5)
    assert score(checks) == 2.5
    assert checks[2].score == 0


@pytest.mark.parametrize("cost", [8, 9, 100])
def test_it_never_earns_less_than_it_stands(cost: float) -> None:
    assert with_slip(CHECKS, {"a", "b", "c"}, cost) == CHECKS


@given(
    st.lists(st.tuples(st.sampled_from([0.25, 0.5, 1.25, 3]), st.booleans(), st.booleans())),
    st.floats(0, 12),
)
def test_points_stay_additive_and_in_their_bounds(
    drawn: list[tuple[float, bool, bool]], cost: float
) -> None:
    checks = tuple(check(f"c{n}", each[0], passed=each[1]) for n, each in enumerate(drawn))
    mended = {f"c{n}" for n, each in enumerate(drawn) if each[2]}
    shared = with_slip(checks, mended, cost)
    as_mended = sum(each.max_score for each in checks if each.name in mended)
    assert score(shared) == pytest.approx(max(score(checks), as_mended - cost), abs=1 / 16)
    assert all(0 <= each.score <= each.max_score for each in shared)
