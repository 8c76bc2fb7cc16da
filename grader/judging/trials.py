"""Tries the exercises of one notebook: all together first, then each that is not perfect alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from grader.judging import explaining
from grader.judging.opening import defined, opened
from grader.judging.rubric_run import Outcome, run
from grader.judging.student_loss import SandboxedLoss
from grader.judging.time_limits import MAX_LOSSES, Budget
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt, Diagnosed
from grader.kit.interface import NoAnswer, NotReached
from grader.report import CheckStatus
from grader.sandbox import Child, Lost, Sandbox
from grader.worker import wire
from grader.worker.control import MAX_CHILDREN

_USABLE = ("function", "class", "other callable")


@dataclass
class Trial:
    """One exercise, tried once: how its definition went, and what each check found.

    child: where it was tried. attempt, loss: None if there is nothing to call. switches: whether
    it was tried with the notebook's global settings in force.
    """

    child: Child
    definition: wire.Definition | None = None
    lost: Lost | None = None
    loss: SandboxedLoss | None = None
    attempt: Attempt | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    switches: bool = False

    @property
    def earned(self) -> float:
        """The points of the checks that are passed."""
        return sum(
            outcome.row.points for outcome in self.outcomes if outcome.status is CheckStatus.PASSED
        )

    @property
    def perfect(self) -> bool:
        """Whether every check is passed."""
        return bool(self.outcomes) and all(
            outcome.status is CheckStatus.PASSED for outcome in self.outcomes
        )

    @property
    def besides(self) -> tuple[str, ...]:
        """What is known to be wrong too, though the check about it was not made."""
        if not self._has_more_to_say or self.attempt is None:
            return ()
        skipped = {
            outcome.row.name for outcome in self.outcomes if outcome.status is CheckStatus.SKIPPED
        }
        return self.attempt.besides(skipped)

    @property
    def _has_more_to_say(self) -> bool:
        """Whether it can be asked more; where children were lost over it, it can't."""
        if self.attempt is None or self.loss is None or self.perfect:
            return False
        return self.loss.losses < MAX_LOSSES and not self.loss.builtin_used

    @property
    def diagnosis(self) -> Diagnosed | None:
        """The misconception behind a wrong answer; none where children were lost over it."""
        if not self._has_more_to_say or self.attempt is None:
            return None
        try:
            return self.attempt.diagnosis()
        except (NoAnswer, NotReached):
            return None


class Trying:
    """The children of one submission. They are closed with `stack`."""

    def __init__(
        self,
        assignment: Assignment,
        notebook: bytes,
        sandbox: Sandbox,
        stack: ExitStack,
        budget: Budget,
    ) -> None:
        self.assignment = assignment
        self._notebook, self._sandbox = notebook, sandbox
        self._stack, self._budget = stack, budget
        self.children: list[Child] = []
        self._drawing: dict[bool, Child] = {}
        self._names: list[str] = []

    def open(self) -> Child:
        """A new child, which holds nothing yet. Raises FaultError.

        A worker has room for so many at a time: the longest there goes, and its exercise gets
        another one if it is ever asked again. The first has the exercises that are right.
        """
        living = [child for child in self.children[1:] if child.alive]
        for child in living[: max(0, len(living) + 2 - MAX_CHILDREN)]:
            child.close()
        child = self._stack.enter_context(self._sandbox.open())
        self.children.append(child)
        return child

    def together(self, child: Child, names: list[str]) -> dict[str, Trial]:
        """All exercises in one child, for as long as it lives."""
        if not names:
            return {}
        self._names = names
        trials = _trials(child, names, self._defined(child, tuple(names)))
        self._run(trials, lambda _: child)
        return trials

    def switched(self, before: dict[str, Trial]) -> dict[str, Trial]:
        """What earns more with the global settings in force that the notebook changes.

        Else they are not: what one cell sets would cost the exercises in the others.
        """
        names = [name for name, trial in before.items() if not trial.perfect]
        after = self.alone(names, switches=True)
        return {name: trial for name, trial in after.items() if trial.earned > before[name].earned}

    def alone(self, names: Iterable[str], *, switches: bool = False) -> dict[str, Trial]:
        """Each exercise in a child of its own; a new one whenever it is lost.

        switches: with the global settings in force that the notebook changes.
        """
        trials: dict[str, Trial] = {}
        for name in names:
            child = self.holding(name)
            trials |= _trials(child, [name], self._defined(child, (name,), switches=switches))
            trials[name].switches = switches

        def home(name: str) -> Child:
            trial = trials[name]
            if not trial.child.alive:
                trial.child = self.holding(name)
                lost = self._defined(trial.child, (name,), switches=switches)
                if isinstance(lost, Lost):
                    raise explaining.lost(lost)
            return trial.child

        self._run(trials, home)
        return trials

    def unspoiled(self, name: str, trial: Trial) -> Attempt:
        """The same answer in a child that has seen no hidden input. Raises NoAnswer.

        What is drawn of an answer can be anything that its code remembers.
        """
        if trial.loss is None:
            raise ValueError(f"there is nothing to call for {name}")
        child = self._drawing.get(trial.switches)
        if child is None or not child.alive:
            child = self._drawing[trial.switches] = self.open()
            opened(
                child,
                self._notebook,
                tuple(self._names),
                forbidden=self.assignment.forbidden,
            )
            reply = self._defined(child, tuple(self._names), switches=trial.switches)
            if isinstance(reply, Lost):
                raise explaining.lost(reply)
        return self.assignment.fixture(
            self.assignment.spec(name), trial.loss.elsewhere(lambda: child)
        )

    def in_child(self, name: str, child: Child, definition: wire.Definition) -> Trial:
        """One exercise that stands defined in a child already, which is closed after that."""
        trial = Trial(child, definition)
        self._run({name: trial}, lambda _: child)
        child.close()
        return trial

    def holding(self, name: str) -> Child:
        """A new child that has read the notebook for one name."""
        child = self.open()
        opened(child, self._notebook, (name,), forbidden=self.assignment.forbidden)
        return child

    def _defined(
        self, child: Child, names: tuple[str, ...], *, switches: bool = False
    ) -> wire.Defined | Lost:
        return defined(child, names, switches=switches, limits=self.assignment.limits)

    def _run(self, trials: dict[str, Trial], home: Callable[[str], Child]) -> None:
        """Run the checks of all exercises that have something to call."""
        attempts: dict[str, Attempt] = {}
        for name, trial in trials.items():
            if trial.definition is None or trial.definition.what not in _USABLE:
                continue
            spec = self.assignment.spec(name)
            trial.loss = SandboxedLoss(
                spec,
                partial(home, name),
                trial.definition,
                self._budget,
                self.assignment.limits,
                self.assignment.causes,
            )
            trial.attempt = attempts[name] = self.assignment.fixture(spec, trial.loss)
        for outcome in run(self.assignment, attempts, attempts.__getitem__) if attempts else ():
            trials[outcome.row.exercise].outcomes.append(outcome)


def _trials(child: Child, names: Iterable[str], reply: wire.Defined | Lost) -> dict[str, Trial]:
    if isinstance(reply, Lost):
        return {name: Trial(child, lost=reply) for name in names}
    return {each.name: Trial(child, each) for each in reply.definitions}
