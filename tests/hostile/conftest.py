"""A real sandbox in each tier that works here, on a machine with things to steal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from grader.report import ExerciseStatus, Report
from grader.sandbox import Sandbox, Tier, start
from tests.hostile import honest, witness
from tests.hostile.attack import Attack
from tests.hostile.field import Aftermath, Field, tried, working
from tests.hostile.grading import graded
from tests.hostile.host import Host, Workers
from tests.hostile.probes import Batch, batches


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each attack in each tier where it may be tried; other tests in each tier."""
    if "hostile" in metafunc.fixturenames:
        pairs = [
            pytest.param(tier, each, id=f"{tier}-{each.name}")
            for tier in working()
            for each in tried(tier)
            if each.probe == ("probed" in metafunc.fixturenames)
        ]
        metafunc.parametrize(("tier", "hostile"), pairs, indirect=["tier"], scope="session")
    elif "tier" in metafunc.fixturenames:
        tiers = [pytest.param(tier, id=tier.value) for tier in working()]
        metafunc.parametrize("tier", tiers, indirect=True, scope="session")


@pytest.fixture(scope="session")
def tier(request: pytest.FixtureRequest) -> Tier:
    """The tier under attack."""
    chosen: Tier = request.param
    return chosen


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """The machine around the sandboxes."""
    with Host() as there:
        yield there


@pytest.fixture(scope="session")
def sandbox(tier: Tier, host: Host) -> Iterator[Sandbox]:
    """One worker for all attacks in a tier: what one does to it, the next ones feel."""
    with start(tier) as started:
        _ = started.versions
        yield started


@pytest.fixture(scope="session")
def honest_report(sandbox: Sandbox) -> Report:
    """What the honest notebook gets before any attack."""
    made = graded(sandbox, honest.honest_notebook())
    assert made.score == made.max_score
    return made


@pytest.fixture(scope="session")
def witness_report(sandbox: Sandbox, honest_report: Report) -> Report:
    """What the watchful notebook gets before any attack."""
    made = graded(sandbox, witness.witness_notebook())
    found = [each for each in made.exercises if each.status is not ExerciseStatus.MISSING]
    assert [each.status for each in found] == [ExerciseStatus.PASSED]
    return made


@pytest.fixture(scope="session")
def workers(sandbox: Sandbox, witness_report: Report) -> Workers:
    """The sandbox's processes, as they were before any attack."""
    return Workers(sandbox)


@pytest.fixture(scope="session")
def field(
    tier: Tier, sandbox: Sandbox, host: Host, workers: Workers, witness_report: Report
) -> Field:
    """The field of attack in this tier."""
    return Field(tier, sandbox, host, workers, witness_report)


@pytest.fixture(scope="session")
def probed(field: Field) -> Callable[[Attack], tuple[Batch, Aftermath]]:
    """The batch that a probe is in, and what came of it; graded when first asked for."""
    made = batches(tried(field.tier), field.tier)

    @cache
    def run(batch: Batch) -> Aftermath:
        stopped = all(each.stopped_in(field.tier) for _, each in batch.places)
        return field.aftermath(batch.notebook(field.host.world()), stopped=stopped)

    def of(attack: Attack) -> tuple[Batch, Aftermath]:
        batch = next(each for each in made if attack in dict(each.places).values())
        return batch, run(batch)

    return of
