"""The worker's start: `python -S -P -s <this file> CONTROL SITE...`, inside the wall.

CONTROL is the number of an open socket to the judge, SITE the folders with the installed
packages. The contract of this folder:

- It is mounted alone. It loads itself as a package called `worker` and imports nothing else
  of the grader, which is not there to be imported.
- `site` is not run (-S): the .pth files of an installation can run code and put project
  folders on the path.
- First a Plan comes in; the worker shuts itself in (`zygote`), forks a trial child that
  tests its own walls, imports TensorFlow and then forks a child for each Fork it is sent.
- A child reads requests from its job pipe and writes one reply each to its result pipe
  (`wire`). What it prints goes to its output pipe. It never comes back from that loop.
- When the judge is gone, all of it ends.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path


def boot(arguments: list[str]) -> None:
    """Load this folder as the package `worker` and run its zygote."""
    control, *site = arguments
    sys.path.extend(site)
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        "worker", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} can't be loaded")
    package = importlib.util.module_from_spec(spec)
    sys.modules["worker"] = package
    spec.loader.exec_module(package)
    importlib.import_module("worker.zygote").main(int(control))
    # Taking TensorFlow down in order costs 0.1 s and serves nobody.
    os._exit(0)


if __name__ == "__main__":
    boot(sys.argv[1:])
