"""Stands in for the real service: executes what it is sent, so that a test can try the walls."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from . import wire


def serve(receive: Callable[[], wire.Request | None], send: Callable[[wire.Reply], None]) -> None:
    """Execute the "notebook" as Python; what it calls `result` is the answer."""
    space: dict[str, object] = {"send": send, "wire": wire}
    while (request := receive()) is not None:
        assert isinstance(request, wire.Open)
        space["result"] = None
        try:
            exec(request.notebook, space)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - tests raise what they like
            traceback.print_exc()
            space["result"] = f"{type(error).__name__}: {error}"
        send(wire.Unreadable(repr(space["result"])[: wire.MAX_TEXT]))


def prepare() -> None:
    """Nothing to prepare."""
