"""Chooses a tier, starts a worker in it, and keeps one running."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from grader.errors import FaultError, TierUnavailable, WorkerLost
from grader.isolation import Tier, TierReport
from grader.sandbox.launch import WORKER, has_tensorflow, launch
from grader.sandbox.resources import ulimits
from grader.sandbox.tiers import STOPS, remedy, shortfall
from grader.sandbox.worker import Versions, Worker

if TYPE_CHECKING:
    from grader.sandbox.children.child import Child


class Sandbox:
    """One worker, and a child for each submission. Belongs to one thread.

    tier: the isolation in force. warning: empty, or why it is a weak one.
    """

    def __init__(self, tier: Tier, worker: Worker, folder: Path, warning: str) -> None:
        self.tier = tier
        self.warning = warning
        self._worker = worker
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def versions(self) -> Versions:
        """What grades in there. Waits for the worker; raises WorkerLost."""
        return self._worker.versions()

    def open(self) -> Child:
        """A new child; in a new worker if the old one is gone. Raises WorkerLost."""
        from grader.sandbox.children.child import Child

        if not self._worker.lost:
            try:
                return Child(self._worker)
            except WorkerLost:
                pass  # whatever took it, the next submission must not feel it
        self._worker.close()
        self._worker = _start(self.tier, self._folder)
        return Child(self._worker)

    def close(self) -> None:
        """End the worker and all its children. Idempotent."""
        self._worker.close()


def start(tier: Tier | None = None, folder: Path = WORKER) -> Sandbox:
    """A sandbox in this tier, or in the strongest that works here.

    Returns as soon as the tier has proved itself, while TensorFlow is still being imported
    in the worker. folder: the worker's code. Raises TierUnavailable; FaultError where no tier can
    work, because this process has too little of something.
    """
    ulimits.raise_them()
    if lacking := ulimits.lacking():
        raise FaultError(f"{lacking}; raise that limit and try again")
    if folder == WORKER and not has_tensorflow():
        raise FaultError(
            "TensorFlow is not installed beside the grader: install `tensorflow-cpu`, or"
            " `tensorflow`, 2.16 or later (as in: pip install 'custom-loss-grader[cpu]')"
        )
    if tier is not None:
        return Sandbox(tier, _start(tier, folder), folder, _warning(tier, "asked for"))
    reasons = []
    for candidate in Tier:
        try:
            worker = _start(candidate, folder)
        except TierUnavailable as problem:
            reasons.append(f"{candidate}: {problem.reason}")
            continue
        return Sandbox(candidate, worker, folder, _warning(candidate, "; ".join(reasons)))
    why = "; ".join(reasons)
    raise TierUnavailable("auto", why, remedy(Tier.PROCESS, why))


def survey() -> list[TierReport]:
    """Each tier, tried out on this machine."""
    ulimits.raise_them()
    if lacking := ulimits.lacking():
        help_ = "Raise that limit and try again"
        return [TierReport(tier, False, lacking, help_, STOPS[tier]) for tier in Tier]
    reports = []
    for tier in Tier:
        try:
            _start(tier, WORKER).close()
        except TierUnavailable as problem:
            reports.append(TierReport(tier, False, problem.reason, problem.remedy, STOPS[tier]))
        else:
            reports.append(TierReport(tier, True, "", "", STOPS[tier]))
    return reports


def _start(tier: Tier, folder: Path) -> Worker:
    """A worker that has proved its walls. Raises TierUnavailable."""
    try:
        worker = Worker(lambda home: launch(tier, home, folder))
    except OSError as problem:
        raise TierUnavailable(tier.value, str(problem), remedy(tier, str(problem))) from None
    found = worker.probe()
    lacking = found if isinstance(found, str) else shortfall(tier, found)
    if tier is Tier.BUBBLEWRAP and not lacking and not worker.has_handle:
        # Inside, processes have other numbers, and none of them means anything out here.
        lacking = "pidfd_open is refused, so that no process inside can be told from others"
    if lacking:
        worker.close()
        raise TierUnavailable(tier.value, lacking, remedy(tier, lacking))
    return worker


def _warning(tier: Tier, why: str) -> str:
    if tier is not Tier.PROCESS:
        return ""
    return f"weak isolation: students' code can read files and use the network ({why})"
