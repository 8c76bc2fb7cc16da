"""Looks for the one small edit that would make an exercise right.

The worker proposes edits of the student's own code and says what the exercise answers with
each of them; what is right is known here alone. Few questions reject nearly all edits, more
are asked of what is left, and in the end the whole rubric is run on the answer as mended, in
a child of its own. Only what the rubric says then counts.

The order and the number of edits decide what is found, never the clock: the same bytes give
the same slip.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.assignments.custom_losses.exercises import BY_NAME
from grader.judging.searching import Candidate, Search
from grader.judging.trials import Trial, Trying
from grader.kit.exercises import ExerciseSpec
from grader.report import NOT_WRITTEN, CheckStatus
from grader.sandbox import Child, Limit, Lost
from grader.worker import wire

# The part whose checks an answer may lose anyway, besides the slip.
FORM = "form"
# How many edits the whole rubric is run on.
_MOST_VERIFIED = 4
# Edits that are this much more far-fetched than the best one have no say in where the slip is.
_TIE = 3
_MOST_PLACES = 2
PROPOSING = Limit(cpu_seconds=5, wall_seconds=30)


@dataclass(frozen=True)
class Mended:
    """An exercise that is one small edit away from right.

    kind: what the edit does. spans: where the slip is: one place, two that do not fit
    together, or none where repairs disagree. trial: the answer as mended, tried anew by the
    whole rubric.
    """

    kind: wire.EditKind
    spans: tuple[wire.Span, ...]
    trial: Trial


def find_slip(
    trying: Trying, name: str, trial: Trial | None, child: Child | None = None
) -> Mended | None:
    """The slip in one exercise that is not right; None if no one edit mends it.

    trial: how the exercise was tried as it stands, in a child of its own; None if its name
    was not found. child: one that has read the notebook, to save opening another in vain.
    """
    if trial is not None and not _is_worth_it(trial):
        return None
    spec = BY_NAME[name]
    home = trial.child if trial is not None and trial.child.alive else child
    if home is None or not home.alive:
        home = trying.holding(name)
    # What is not found yet may need them, and if it does not they rarely matter.
    switches = trial is None or trial.switches
    if not (proposals := _proposals(home, spec, switches=switches)):
        return None
    search = Search(spec, home, proposals, trial.attempt if trial is not None else None)
    candidates = search.survivors(_TIE, _MOST_VERIFIED)
    failing = _failing(trial)
    for candidate in candidates[:_MOST_VERIFIED]:
        mended = _verified(trying, spec, candidate, switches=switches)
        if mended is not None and _mends(failing, mended):
            equals = candidates if search.tells else [candidate]
            return Mended(candidate.kind, _places(candidate, equals), mended)
    return None


def _is_worth_it(trial: Trial) -> bool:
    """Whether edits of an answer may be tried.

    It neither hung, died nor used a built-in, nor ran out of memory: how far it gets then is
    the machine's doing, and a grade must not be.
    """
    if trial.lost is not None:
        return False
    if trial.loss is not None and (trial.loss.losses or trial.loss.builtin_used):
        return False
    return not any(NOT_WRITTEN in outcome.message for outcome in trial.outcomes)


def _proposals(child: Child, spec: ExerciseSpec, *, switches: bool) -> tuple[wire.Proposal, ...]:
    request = wire.Propose(spec.name, spec.kind.value, spec.hyperparameter, switches)
    reply = child.ask(request, PROPOSING)
    return reply.proposals if isinstance(reply, wire.Proposals) else ()


def _verified(
    trying: Trying, spec: ExerciseSpec, candidate: Candidate, *, switches: bool
) -> Trial | None:
    """The answer with the edit in it, in a child of its own, under the whole rubric."""
    child = trying.holding(spec.name)
    reply: wire.Reply | Lost | None = None
    if _proposals(child, spec, switches=switches):
        reply = child.ask(wire.Mend(spec.name, candidate.number), PROPOSING)
    if not isinstance(reply, wire.Defined) or len(reply.definitions) != 1:
        child.close()
        return None
    mended = trying.in_child(spec.name, child, reply.definitions[0])
    mended.switches = switches
    return mended


def _failing(trial: Trial | None) -> frozenset[str] | None:
    """The checks that an answer does not pass; None if it could not even be asked."""
    if trial is None or not trial.outcomes:
        return None
    return frozenset(
        outcome.row.name for outcome in trial.outcomes if outcome.status is not CheckStatus.PASSED
    )


def _mends(before: frozenset[str] | None, mended: Trial) -> bool:
    """Whether nothing is left to lose but form that was lost before."""
    if not mended.outcomes or (mended.loss is not None and mended.loss.builtin_used):
        return False
    # What is skipped is lost for want of what fails, and fails by nothing of its own.
    fine = (CheckStatus.PASSED, CheckStatus.SKIPPED)
    lost = [outcome.row for outcome in mended.outcomes if outcome.status not in fine]
    after = {row.name for row in lost}
    return all(row.part == FORM for row in lost) and (before is None or after < before)


def _places(best: Candidate, candidates: Iterable[Candidate]) -> tuple[wire.Span, ...]:
    """Where the slip is, as far as the repairs of about the same rank agree."""
    equals = [each for each in candidates if each.cost <= best.cost + _TIE]
    lines = {_line(span): span for each in reversed(equals) for span in each.spans[:1]}
    if len(lines) > _MOST_PLACES:
        return ()
    return tuple(sorted(lines.values()))


def _line(span: wire.Span) -> tuple[int, int]:
    return span.cell, span.line
