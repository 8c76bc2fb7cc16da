"""The mark of an answer that is one slip from right: as mended, less what the slip costs.

Points stay additive. Checks that are passed as the answer stands keep their points; what the
answer earns beyond them is shared among the checks that the mended answer passes, by their
weight, so that each of these counts in part.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from grader.report import Check

# Scores are shared out in eighths of a point, which add up exactly in any order.
_PARTS = 8


def with_slip(
    checks: Sequence[Check], passed_mended: Collection[str], cost: float
) -> tuple[Check, ...]:
    """The checks as they stand, with the points that they earn in part.

    passed_mended: the names of the checks that the mended answer passes. cost: what the slip
    costs, in points. Nothing changes where the answer earns as much as it stands.
    """
    mended = sum(check.max_score for check in checks if check.name in passed_mended)
    earned = sum(check.score for check in checks)
    extra = round((mended - cost - earned) * _PARTS)
    open_ = [check for check in checks if check.score == 0 and check.name in passed_mended]
    if extra <= 0 or not open_:
        return tuple(checks)
    shares = _shared(extra, [check.max_score for check in open_])
    scores = {check.name: share / _PARTS for check, share in zip(open_, shares, strict=True)}
    return tuple(
        msgspec.structs.replace(check, score=scores.get(check.name, check.score))
        for check in checks
    )


def _shared(units: int, weights: Sequence[float]) -> list[int]:
    """`units` in whole shares by weight; what rounding leaves goes to the largest remainders."""
    exact = [units * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (shares[at] - exact[at], at))
    for at in by_remainder[: units - sum(shares)]:
        shares[at] += 1
    return shares
