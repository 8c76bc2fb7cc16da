"""The wall, seen from outside: workers, their children, tiers and limits.

`Child` and `Lost` are loaded when first used: with them comes NumPy, and a worker that was
started before that imports TensorFlow meanwhile.
"""

from typing import TYPE_CHECKING

from grader.isolation import Tier, TierReport
from grader.sandbox.resources.limits import Limit
from grader.sandbox.starting import Sandbox, start, survey
from grader.sandbox.worker import Versions

if TYPE_CHECKING:
    from grader.sandbox.children.child import Child, Lost

__all__ = [
    "Child",
    "Limit",
    "Lost",
    "Sandbox",
    "Tier",
    "TierReport",
    "Versions",
    "start",
    "survey",
]


def __getattr__(name: str) -> object:
    if name in ("Child", "Lost"):
        from grader.sandbox.children import child

        return getattr(child, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
