"""Stands in for the real service: executes what it is sent, so that a test can try the walls."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.worker import wire
else:
    from .. import wire  # its neighbour in the worker's folder, where a test puts it


def serve(receive: Callable[[], wire.Request | None], send: Callable[[wire.Reply], None]) -> None:
    """Execute the "notebook" as Python; what it calls `result` is the answer."""
    space: dict[str, object] = {"send": send, "wire": wire}
    while (request := receive()) is not None:
        assert isinstance(request, wire.Open)
        space["result"] = None
        try:
            text = request.notebook.decode()
            # TensorFlow wants to see the source of what it turns into graphs.
            linecache.cache["<sent>"] = (len(text), None, text.splitlines(keepends=True), "<sent>")
            exec(compile(text, "<sent>", "exec"), space)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - tests raise what they like
            traceback.print_exc()
            space["result"] = f"{type(error).__name__}: {error}"
        send(wire.Unreadable(repr(space["result"])[: wire.MAX_TEXT]))


def prepare() -> None:
    """Nothing to prepare."""
