"""Tries the exercises of one notebook: all together first, then each that is not perfect alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from grader.judging.reasons import explaining
from grader.judging.rubric_run import Outcome, run
from grader.judging.trying.opening import defined, opened
from grader.judging.trying.student_loss import SandboxedLoss
from grader.judging.trying.time_limits import MAX_LOSSES, Budget
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt, Diagnosed
from grader.kit.interface import Batch, NoAnswer, NotReached
from grader.report import CheckStatus
from grader.sandbox import Child, Lost, Sandbox
from grader.worker import wire
from grader.worker.control import MAX_CHILDREN

_USABLE = ("function", "class", "other callable")
# How a name is defined in a child, or why that is not known.
_Standing = wire.Definition | Lost


@dataclass(frozen=True)
class Trial:
    """One exercise, tried once: how its definition went, and what each check found.

    child: the last one that it was tried in. attempt, loss: None if there is nothing to call.
    switches: whether it was tried with the notebook's global settings in force.
    """

    child: Child
    definition: wire.Definition | None = None
    lost: Lost | None = None
    loss: SandboxedLoss | None = None
    attempt: Attempt | None = None
    outcomes: tuple[Outcome, ...] = ()
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
    def wrong_inputs(self) -> tuple[tuple[Batch, float], ...]:
        """Inputs on which its values are wrong, with their hyperparameters, if any are known."""
        if not self._has_more_to_say or self.attempt is None:
            return ()
        try:
            return self.attempt.wrong_inputs()
        except (NoAnswer, NotReached):
            return ()

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
        standing = _standing(names, self._defined(child, tuple(names)))
        homes = dict.fromkeys(names, child)
        return self._tried(standing, homes, homes.__getitem__)

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
        standing: dict[str, _Standing] = {}
        homes: dict[str, Child] = {}
        for name in names:
            child = homes[name] = self.holding(name)
            standing |= _standing([name], self._defined(child, (name,), switches=switches))

        def home(name: str) -> Child:
            if not homes[name].alive:
                homes[name] = self.holding(name)
                lost = self._defined(homes[name], (name,), switches=switches)
                if isinstance(lost, Lost):
                    raise explaining.lost(lost)
            return homes[name]

        return self._tried(standing, homes, home, switches=switches)

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

    def in_child(self, child: Child, definition: wire.Definition, *, switches: bool) -> Trial:
        """One exercise that stands defined in a child already, which is closed after that.

        switches: with the global settings in force that the notebook changes.
        """
        name = definition.name
        trials = self._tried({name: definition}, {name: child}, lambda _: child, switches=switches)
        child.close()
        return trials[name]

    def holding(self, name: str) -> Child:
        """A new child that has read the notebook for one name."""
        child = self.open()
        opened(child, self._notebook, (name,), forbidden=self.assignment.forbidden)
        return child

    def _defined(
        self, child: Child, names: tuple[str, ...], *, switches: bool = False
    ) -> wire.Defined | Lost:
        return defined(child, names, switches=switches, limits=self.assignment.limits)

    def _tried(
        self,
        standing: Mapping[str, _Standing],
        homes: Mapping[str, Child],
        home: Callable[[str], Child],
        *,
        switches: bool = False,
    ) -> dict[str, Trial]:
        """Run the checks of all exercises that have something to call.

        standing: how each of them is defined, in its child in `homes`. home: gives the child to
        ask, and puts another one into `homes` where that was lost.
        """
        losses = {
            name: SandboxedLoss(
                self.assignment.spec(name),
                partial(home, name),
                definition,
                self._budget,
                self.assignment.limits,
                self.assignment.causes,
            )
            for name, definition in standing.items()
            if isinstance(definition, wire.Definition) and definition.what in _USABLE
        }
        attempts = {
            name: self.assignment.fixture(self.assignment.spec(name), loss)
            for name, loss in losses.items()
        }
        outcomes: dict[str, list[Outcome]] = {name: [] for name in standing}
        for outcome in run(self.assignment, attempts, attempts.__getitem__) if attempts else ():
            outcomes[outcome.row.exercise].append(outcome)
        return {
            name: Trial(
                homes[name],
                None if isinstance(found, Lost) else found,
                found if isinstance(found, Lost) else None,
                losses.get(name),
                attempts.get(name),
                tuple(outcomes[name]),
                switches,
            )
            for name, found in standing.items()
        }


def _standing(names: Iterable[str], reply: wire.Defined | Lost) -> dict[str, _Standing]:
    if isinstance(reply, Lost):
        return dict.fromkeys(names, reply)
    return {each.name: each for each in reply.definitions}
