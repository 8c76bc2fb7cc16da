"""How tests are divided among test processes: what shares something costly stays together.

A file is one unit of work, whose tests share a warm worker or graded reports. Attacks are
units by tier and kind. The longest units begin first, so that no process ends long before the
others. (The scheduler for marked groups that comes with pytest-xdist 3.8 silently does nothing
with pytest 9.2.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest

# As measured; whatever is not named is short.
LONGEST = (
    "tests/hostile/test_attacks.py::test_an_attack_costs_itself_alone",
    "tests/hostile/test_mixed_order.py",
    "tests/authoring/test_messages.py",
    "tests/classroom/batch/test_cluster.py",
    "tests/judging/test_right_answers.py",
    "tests/sandbox/test_ordinary_user.py",
    "tests/judging/test_grading.py",
    "tests/sandbox/",
    "tests/assignment/test_running.py",
    "tests/classroom/batch/test_batch_command.py",
    "tests/formats/test_gradescope_bundle.py",
    "tests/package/test_wheel.py",
    "tests/site/test_pages.py",
    "tests/classroom/test_services.py",
    "tests/test_commands.py",
    "tests/classroom/batch/test_nothing_lost.py",
)

_TIER = re.compile(r"\[(bubblewrap|landlock|process)\b")
# Attacks that use up the machine each take their time. (Probes share notebooks, and stay together.)
_SINGLE, _LASTING = "test_an_attack_costs_itself_alone", "-R"


def unit(nodeid: str) -> str:
    """The unit of work that this test belongs to."""
    file, _, test = nodeid.partition("::")
    tier = _TIER.search(test)
    if file.startswith("tests/hostile/") and tier:
        name, attack = test[: tier.start()], test[tier.end() :]
        lasting = name == _SINGLE and attack.startswith(_LASTING)
        return f"{tier[1]} {file} {name}{' lasting' * lasting}"
    return file


def rank(nodeid: str) -> int:
    """The place of a test among others: those of long units come first."""
    named = (place for place, name in enumerate(LONGEST) if nodeid.startswith(name))
    return next(named, len(LONGEST))


class Together(LoadScopeScheduling):
    """Gives each test process a unit after the other, in the order of collection."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
