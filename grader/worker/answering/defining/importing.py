"""Imports of what the notebook itself has written into files.

A file is executed like the notebook: each statement for itself, so that a package which this
machine lacks, or a training at its end, costs what needs it and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from ...reading.cells.written import File, Files

# Code of the notebook, also as AutoGraph has rewritten it.
_ASKING = ("<cell ", "__autograph_generated_file")
_MACHINERY = ("<frozen importlib", "<frozen runpy")
_MACHINERY_END = ("importlib/__init__.py", "worker/answering/defining/importing.py")

Execute = Callable[[File, dict[str, Any]], Mapping[str, BaseException]]


class Importer(MetaPathFinder, Loader):
    """Finds and loads modules that the notebook has written.

    execute: executes a file in a namespace, and gives what failed for which name. last: the cell
    of the last import of each module.
    """

    def __init__(self, files: Files, execute: Execute, last: Mapping[str, int]) -> None:
        self._files, self._execute, self._last = files, execute, last

    def install(self) -> None:
        """Make imports look here first, as they look into the notebook's folder first."""
        sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, Importer)]
        for name in [name for name in sys.modules if self._files.has(name)]:
            if isinstance(getattr(sys.modules[name], "__loader__", None), Importer):
                del sys.modules[name]
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        """The module, if the notebook has written it.

        A library that has one of the same name, and asks for it, gets its own.
        """
        if not self._files.has(fullname):
            return None
        if not _asked_by_the_notebook() and PathFinder.find_spec(fullname.partition(".")[0]):
            return None
        return ModuleSpec(fullname, self, is_package=self._files.is_package(fullname))

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002 - the protocol
        """Nothing special."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Execute the file, if there is one: a package may be a folder alone."""
        file = self._files.module(module.__name__, self._last.get(module.__name__))
        if file is None:
            return
        failures = self._execute(file, module.__dict__)
        problem = next((cell.problem for cell in file.code if cell.problem), None)

        def absent(name: str) -> Any:
            if name in failures:
                raise failures[name]
            if problem is not None and not name.startswith("__"):
                raise ImportError(f"`{file.name}` is not valid Python: {problem}", name=name)
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        module.__dict__.setdefault("__getattr__", absent)


def _asked_by_the_notebook() -> bool:
    frame = sys._getframe(1)  # noqa: SLF001 - who imports decides what is found
    while frame is not None:
        name = frame.f_code.co_filename
        if any(mark in name for mark in _ASKING):
            return True
        if not name.startswith(_MACHINERY) and not name.endswith(_MACHINERY_END):
            return False
        frame = frame.f_back  # type: ignore[assignment]
    return False
