"""A batch: a report for every hand-in, whatever happens to processes on the way.

The loop keeps a small number of hand-ins in flight, so that memory stays flat, and writes each
report as it comes. Whoever was in flight when a process was lost is tried once more, alone,
so that a hand-in that kills processes harms no other; lost again, it is `not_graded`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from grader.class_results import Change
from grader.classroom.batch import pool_task
from grader.classroom.batch.folder import Folder
from grader.classroom.batch.ledger import Ledger, Options
from grader.classroom.batch.pool_task import Fault, MakeGrader, Page
from grader.classroom.batch.pools import Pool
from grader.classroom.intake import candidates
from grader.classroom.intake.candidates import Material
from grader.classroom.intake.handed import Handin, Intake
from grader.errors import FaultError
from grader.report import Environment, Report

# So many failures, one after the other, are the grader's own: soon where nothing else was done yet.
_LOST_AT_FIRST, _LOST_IN_A_ROW = 5, 20
_LOOK_AROUND = 0.5
_LOOKED_AT_ONCE = 20
_MAX_CANCELLED = 5


class Observer(Protocol):
    """Who wants to know how it goes."""

    def begins(self, total: int, slots: int) -> None:
        """The pool is up, with so many places, for so many hand-ins."""

    def has(self, report: Report, *, reused: bool) -> None:
        """One more hand-in is done."""

    def trouble(self, line: str) -> None:
        """Something was lost, and is tried again."""


@dataclass(frozen=True)
class Outcome:
    """How a batch went.

    graded, reused: how many hand-ins. changes: against the reports that were there before.
    arrived, departed: who is new in the class, and who is not in it any more; nobody is new in
    one that was never graded. is_first: whether nobody could be compared; unread: how many reports
    there are that can't be read, if that is why.
    not_graded: the students without a score. interrupted: whether it was asked to stop.
    """

    total: int
    graded: int
    reused: int
    environment: Environment
    changes: tuple[Change, ...]
    not_graded: tuple[str, ...]
    interrupted: bool
    arrived: tuple[Change, ...] = ()
    departed: tuple[Change, ...] = ()
    unread: int = 0
    is_first: bool = False

    @property
    def done(self) -> int:
        """How many hand-ins have a report."""
        return self.graded + self.reused


@dataclass(frozen=True)
class _Work:
    handin: Handin
    material: Material
    failed: bool = False
    again: bool = False
    cancelled: int = 0


@dataclass
class _Run:
    make: MakeGrader
    pool: Pool
    observer: Observer
    ledger: Ledger
    graded: int = 0
    reused: int = 0
    lost_in_a_row: int = 0
    landed: int = 0
    flying: dict[Future[Any], _Work] = field(default_factory=dict)
    suspects: deque[_Work] = field(default_factory=deque)

    def is_full(self) -> bool:
        """Whether every place has work, and its next."""
        return len(self.flying) >= 2 * self.pool.slots()

    def retries(self) -> bool:
        """Whether something is tried again, or about to be: nothing else may run beside it."""
        again = any(work.again or work.cancelled for work in self.flying.values())
        return again or bool(self.suspects)


def run(
    intake: Intake,
    folder: Folder,
    make: MakeGrader,
    pool: Pool,
    observer: Observer,
    options: Options,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Grade what has no report yet that still holds, and write each report as it comes.

    stop: asked now and then; True ends the batch when what is in flight has landed.
    Raises FaultError if the work can't go on; what is written stays, and a rerun goes on there.
    """
    ledger = Ledger(folder, _surroundings(make, pool), options)
    one = _Run(make, pool, observer, ledger)
    observer.begins(len(intake.handins), min(pool.slots(), len(intake.handins)))
    todo = _todo(one, intake.handins)
    stopped, more = False, True
    while one.flying or one.suspects or more:
        stopped = stopped or stop()
        if stopped:
            _call_off(one)
            more = False
        else:
            more = _fill(one, todo)
        if one.flying:
            # With reports still to be looked at there is better to do than to wait.
            looks = more and not one.is_full() and not one.retries()
            patience = 0.0 if looks else _LOOK_AROUND
            done, _ = wait(one.flying, timeout=patience, return_when=FIRST_COMPLETED)
            pool.check()
            _land(one, done)
    total = len(intake.handins)
    interrupted = one.graded + one.reused < total
    if not interrupted:
        ledger.finish()
    departed = _sorted(ledger.departed())
    # Where nobody had a report before, nobody is new.
    alone = len(ledger.arrived) + len(ledger.unread)
    is_first = not departed and alone == one.graded + one.reused
    changed = [*ledger.changes, *([] if is_first else ledger.unread)]
    return Outcome(
        total=total,
        graded=one.graded,
        reused=one.reused,
        environment=ledger.environment,
        changes=_sorted(changed),
        not_graded=tuple(sorted(ledger.not_graded)),
        interrupted=interrupted,
        arrived=() if is_first else _sorted(ledger.arrived),
        departed=departed,
        unread=len(ledger.unread) if is_first else 0,
        is_first=is_first,
    )


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: change.student))


def _surroundings(make: MakeGrader, pool: Pool) -> Environment:
    # Asked everywhere at once: it is also what starts the workers.
    found: list[Environment] = []
    for future in pool.everywhere(pool_task.surroundings, make):
        while not wait([future], timeout=_LOOK_AROUND).done:
            pool.check()
        answer = _answer(future)
        if isinstance(answer, Fault):
            raise FaultError(answer.reason)
        found.append(answer)
    _same(found[0], found)
    return found[0]


def _same(expected: Environment, found: list[Environment]) -> None:
    for other in found:
        if other != expected:
            raise FaultError(
                "the workers are not alike, so their grades may not be: one has"
                f" {_differing(expected, other)}, another {_differing(other, expected)}"
            )


def _differing(mine: Environment, other: Environment) -> str:
    """What one environment has that the other has not."""
    names = mine.__struct_fields__
    return ", ".join(
        f"{name} {getattr(mine, name) or 'unknown'}"
        for name in names
        if getattr(mine, name) != getattr(other, name)
    )


def _todo(one: _Run, handins: tuple[Handin, ...]) -> Iterator[_Work | None]:
    """What has to be graded; None where there is nothing to do, or not yet.

    Whom an earlier batch could not grade comes last, and so is in nobody's way.
    """
    failed = []
    for handin in handins:
        work = _work(one, handin)
        if work is not None and one.ledger.failed(handin.student):
            failed.append(handin)
            work = None
        yield work
    for handin in failed:
        work = _work(one, handin)
        yield replace(work, failed=True) if work is not None else None


def _work(one: _Run, handin: Handin) -> _Work | None:
    """What has to be graded of a hand-in; None if its report is there already, or is now."""
    read = candidates.of(handin)
    if read.unavailable:
        _keep(one, Page(one.ledger.without_score(handin.student, read, read.unavailable)))
    elif (report := one.ledger.again(handin.student, read)) is not None:
        one.reused += 1
        one.landed += 1
        one.observer.has(report, reused=True)
    else:
        return _Work(handin, read)
    return None


def _fill(one: _Run, todo: Iterator[_Work | None]) -> bool:
    """Start what there is room for, and say whether there may be more."""
    if one.retries():
        if one.suspects and not one.flying:
            _launch(one, one.suspects.popleft())
        return True
    looked_at = 0
    while not one.is_full() and looked_at < _LOOKED_AT_ONCE:
        try:
            work = next(todo)
        except StopIteration:
            return False
        looked_at += 1
        if work is not None:
            _launch(one, work)
    return True


def _launch(one: _Run, work: _Work) -> None:
    one.flying[one.pool.submit(pool_task.grade, one.make, work.material)] = work


def _call_off(one: _Run) -> None:
    one.suspects.clear()
    for future in list(one.flying):
        if one.pool.call_off(future):
            del one.flying[future]


def _land(one: _Run, done: set[Future[Any]]) -> None:
    if any(_is_broken(future) for future in done):
        # With one process the whole local pool is gone: the others will not come back either.
        done = wait(one.flying).done
        one.pool.mend()
    for future in done:
        work = one.flying.pop(future)
        if future.cancelled() and work.cancelled < _MAX_CANCELLED:
            # The connection to a cluster was lost and is back; nothing was tried.
            one.suspects.append(replace(work, cancelled=work.cancelled + 1))
            continue
        answer = _answer(future)
        if isinstance(answer, Page):
            _same(one.ledger.environment, [answer.report.environment])
            one.lost_in_a_row = 0
            one.landed += 1
            if answer.trouble:
                one.observer.trouble(f"{work.handin.student}: {answer.trouble}")
            _keep(one, answer)
        elif answer.fatal:
            raise FaultError(answer.reason)
        elif not work.again:
            one.observer.trouble(f"{work.handin.student}: {answer.reason}; trying once more")
            one.suspects.append(replace(work, again=True))
        else:
            _give_up(one, work, answer.reason)


def _give_up(one: _Run, work: _Work, reason: str) -> None:
    student = work.handin.student
    message = f"The grader failed twice, and says nothing about the work: {reason}"
    _keep(one, Page(one.ledger.without_score(student, work.material, message)))
    # Once all others are done, those that failed before may fail again.
    one.lost_in_a_row += not (one.landed and work.failed)
    if one.lost_in_a_row >= (_LOST_IN_A_ROW if one.landed else _LOST_AT_FIRST):
        raise FaultError(f"{one.lost_in_a_row} submissions in a row could not be graded: {reason}")


def _keep(one: _Run, page: Page) -> None:
    one.ledger.keep(page)
    one.graded += 1
    one.observer.has(page.report, reused=False)


def _is_broken(future: Future[Any]) -> bool:
    return not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _answer(future: Future[Any]) -> Any:
    """What the call returned; a call that ended with its process is a Fault like others."""
    try:
        return future.result()
    except BrokenExecutor:
        return Fault("the process that graded it was lost")
    except CancelledError:
        return Fault("the call was cancelled")
    except Exception as error:  # noqa: BLE001 -- Dask's own, such as KilledWorker
        return Fault(f"{type(error).__name__}: {error}")
