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
from dataclasses import dataclass, field

from grader.judging.mending.questions import Questions
from grader.judging.mending.searching import Candidate, Search
from grader.judging.trying.trials import Trial, Trying
from grader.kit.elementwise.formula import Formula
from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import Batch
from grader.report import CheckStatus
from grader.sandbox import Child, Limit, Lost
from grader.worker import wire

Wrong = tuple[tuple[Batch, float], ...]
# The part whose checks an answer may lose anyway, besides the slip.
FORM = "form"
_FINE = (CheckStatus.PASSED, CheckStatus.SKIPPED)
# How many edits the whole rubric is run on.
_MOST_VERIFIED = 4
# Edits that are this much more far-fetched than the best one have no say in where the slip is.
_TIE = 2
_MOST_PLACES = 2
PROPOSING = Limit(cpu_seconds=5, wall_seconds=30)


@dataclass(frozen=True)
class Mended:
    """An exercise that is one small edit away from right.

    kind: what the edit does. spans: where the slip is: one place, two that do not fit
    together, or none where repairs disagree. trial: the answer as mended, tried anew by the
    whole rubric. change: what the edit is about.
    """

    kind: wire.EditKind
    spans: tuple[wire.Span, ...]
    trial: Trial
    change: wire.Change = field(default_factory=wire.Change)


def find_slip(
    trying: Trying, name: str, trial: Trial | None, child: Child | None = None
) -> Mended | None:
    """The slip in one exercise that is not right; None if no one edit mends it.

    trial: how the exercise was tried as it stands, in a child of its own; None if its name
    was not found. child: any that has read the notebook, to save opening one in vain.
    """
    if trial is not None and not _is_worth_it(trial):
        return None
    spec, names = trying.assignment.spec(name), trying.assignment.names
    formula = trying.assignment.formulas.get(spec.topic)
    if formula is None:
        return None  # nothing is known that could tell one edit from another
    # Others' code has run there, so it is asked for nothing but whether there are edits.
    other = child if trial is None and child is not None and child.alive else None
    if other is not None and not _proposals(other, spec, names, switches=False).proposals:
        return None
    # It may ask more, and what that costs is no matter of the search.
    wrong = trial.wrong_inputs if trial is not None else ()
    home = trial.child if trial is not None and trial.child.alive else trying.holding(name)
    switches = trial is not None and trial.switches
    told = _proposals(home, spec, names, switches=switches)
    found = _searched(trying, spec, formula, home, told, trial, wrong, switches=switches)
    if found is None and told.switches and not switches:
        # What is not right as it stands may need the settings that the notebook changes as well.
        told = _proposals(home, spec, names, switches=True)
        found = _searched(trying, spec, formula, home, told, trial, wrong, switches=True)
    return found


def _searched(
    trying: Trying,
    spec: ExerciseSpec,
    formula: Formula,
    home: Child,
    told: wire.Proposals,
    trial: Trial | None,
    wrong: Wrong,
    *,
    switches: bool,
) -> Mended | None:
    """The first of the edits that the whole rubric agrees with."""
    search = Search(spec, Questions(spec, formula, wrong), home, told.proposals)
    refused: set[int] = set()
    while len(refused) < _MOST_VERIFIED:
        candidates = search.survivors(_TIE, _MOST_VERIFIED, refused)
        if not candidates:
            break
        best = candidates[0]
        mended = _verified(trying, spec, best, switches=switches)
        if mended is not None and _mends(trial, mended):
            equals = candidates if search.tells else [best]
            definition = mended.definition
            change = definition.change if definition is not None else None
            return Mended(best.kind, _places(best, equals), mended, change or wire.Change())
        refused.add(best.number)
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
    return not any(outcome.unwritten for outcome in trial.outcomes)


def _proposals(
    child: Child, spec: ExerciseSpec, names: Iterable[str], *, switches: bool
) -> wire.Proposals:
    """The edits that may be tried; none if the child is lost over it."""
    request = wire.Propose(
        spec.name, spec.kind.value, spec.hyperparameter, switches, tuple(sorted(names))
    )
    reply = child.ask(request, PROPOSING)
    return reply if isinstance(reply, wire.Proposals) else wire.Proposals(switches=False)


def _verified(
    trying: Trying, spec: ExerciseSpec, candidate: Candidate, *, switches: bool
) -> Trial | None:
    """The answer with the edit in it, in a child of its own, under the whole rubric."""
    child = trying.holding(spec.name)
    reply: wire.Reply | Lost | None = None
    if _proposals(child, spec, trying.assignment.names, switches=switches).proposals:
        reply = child.ask(wire.Mend(spec.name, candidate.number), PROPOSING)
    # What the child calls the definition is no more to be believed than anything else it says.
    if not isinstance(reply, wire.Defined) or [d.name for d in reply.definitions] != [spec.name]:
        child.close()
        return None
    return trying.in_child(child, reply.definitions[0], switches=switches)


def _mends(before: Trial | None, mended: Trial) -> bool:
    """Whether nothing is left to lose but form that was lost before, and something was won."""
    if not mended.outcomes or (mended.loss is not None and mended.loss.builtin_used):
        return False
    # What is skipped is lost for want of what fails, and fails by nothing of its own.
    lost = {each.row.name: each.row.part for each in mended.outcomes if each.status not in _FINE}
    if any(part != FORM for part in lost.values()):
        return False
    if before is None or not before.outcomes:
        return True
    passed = {each.row.name for each in before.outcomes if each.status is CheckStatus.PASSED}
    failed = {each.row.name for each in before.outcomes if each.status not in _FINE}
    return passed.isdisjoint(lost) and not failed <= lost.keys()


def _places(best: Candidate, candidates: Iterable[Candidate]) -> tuple[wire.Span, ...]:
    """Where the slip is, as far as the repairs of about the same rank agree."""
    equals = [each for each in candidates if each.cost <= best.cost + _TIE]
    lines = {_line(span): span for each in reversed(equals) for span in each.spans[:1]}
    own = {_line(span): span for span in reversed(best.spans)}
    if len(lines) == 1 and len(own) == _MOST_PLACES:
        # One edit that needs both lines.
        lines = own
    return tuple(sorted(lines.values())) if len(lines) <= _MOST_PLACES else ()


def _line(span: wire.Span) -> tuple[int, int]:
    return span.cell, span.line
