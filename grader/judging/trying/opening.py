"""The way into a child: its notebook is read there, and what is asked for defined."""

from __future__ import annotations

from grader.errors import FaultError
from grader.judging.trying.time_limits import DEFINING, OPENING, USUAL, scaled
from grader.kit.assignment import Limits
from grader.sandbox import Child, Lost
from grader.worker import wire


def opened(
    child: Child,
    notebook: bytes,
    names: tuple[str, ...],
    *,
    show_cells: bool = False,
    forbidden: tuple[str, ...] = (),
) -> wire.Contents | wire.Unreadable:
    """What the child finds in the notebook; no student code runs for this.

    forbidden: built-ins that whatever is defined there may not use.

    Raises FaultError if the worker itself failed.
    """
    reply = child.ask(wire.Open(notebook, names, show_cells, forbidden), OPENING)
    match reply:
        case wire.Contents() | wire.Unreadable():
            return reply
        case Lost(reason="timeout" | "memory" | "crashed"):
            return wire.Unreadable(
                "The notebook can't be read in the time and memory there is for it; it holds "
                "something extremely long or deeply nested."
            )
        case wire.Fault():
            raise FaultError(f"the worker failed while reading the notebook: {reply.text}")
        case _:
            raise FaultError(f"the worker gave no proper answer to the notebook: {reply}")


def defined(
    child: Child,
    names: tuple[str, ...],
    *,
    switches: bool = False,
    limits: Limits = USUAL,
) -> wire.Defined | Lost:
    """How the definitions of `names` went in this child.

    switches: with the global settings in force that the notebook changes.
    """
    reply = child.ask(wire.Define(names, switches), scaled(DEFINING, limits.defining))
    if isinstance(reply, wire.Defined) and {each.name for each in reply.definitions} == set(names):
        return reply
    return reply if isinstance(reply, Lost) else Lost("protocol", "")
