"""What comes in from outside before a command begins: variables, encodings, descriptors, masks.

A grade is what code, rubric and bytes say. So the command starts itself anew without variables
that steer Python or the loader, and forgets those that steer the libraries it uses. The worker
inside the wall gets an environment of its own, with nothing of this one.

Nothing but `os` and `sys` may be imported here: what else a strange environment would bring in
is what this is against.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

# Where Python is and whether it keeps compiled files: these change no result.
_PYTHONS_PLACE = frozenset(
    {
        "PYTHONDONTWRITEBYTECODE", "PYTHONEXECUTABLE", "PYTHONHOME", "PYTHONNOUSERSITE",
        "PYTHONPLATLIBDIR", "PYTHONPYCACHEPREFIX", "PYTHONSAFEPATH", "PYTHONUSERBASE",
    }
)  # fmt: skip
_PYTHON, _LOADER = "PYTHON", "LD_"
_LIBRARIES = (
    "BLIS_", "CUDA_", "GLIBC_", "GOMP_", "GOTO_", "IPYTHON", "JAX_", "JUPYTER_", "KERAS_", "KMP_",
    "MALLOC_", "MKL_", "MPL", "NPY_", "NUMPY_", "OMP_", "OPENBLAS_", "PYTEST_", "TF_", "TORCH_",
    "VECLIB_", "XLA_",
)  # fmt: skip
# A process starts itself anew once: some programs called `python` set what is taken away here.
_STARTED = "GRADER_STARTED"
# What the grader can't do without, wherever it comes from.
_NEEDED = ("grader", "numpy", "msgspec", "pytest", "tensorflow", "typer")
_OWN_ACCESS = 0o700


def settle() -> str:
    """Make this process one that hears nothing from outside; it may start itself anew for that.

    Gives what is in the way of any command, as one line for a person; empty if nothing is.
    """
    if sys.platform in {"win32", "cygwin"}:
        return (
            "Windows can't grade by itself: run the grader inside WSL (`wsl --install`, then as on"
            " Linux) or in a Linux container"
        )
    if sys.platform != "linux":
        # The walls, and how a child's time and memory are kept, are the Linux kernel's.
        return (
            "only Linux can keep strangers' code in: run the grader in a Linux container"
            " (docker, podman) or in a virtual machine"
        )
    try:
        here = os.getcwd()
    except OSError:
        return "the current folder is gone: change to one that exists, and try again"
    if os.environ.get(_STARTED) != str(os.getpid()):
        wanted = cleaned(os.environ)
        if wanted != _interpreters(os.environ) or not _is_utf8():
            _start_anew(wanted)
    os.environ.pop(_STARTED, None)
    package = os.path.dirname(os.path.abspath(__file__))
    if sys.path[:1] in ([""], [here]) and here != os.path.dirname(package):
        # `python -m` looks for modules among the files of a class first, if that is where it is.
        del sys.path[0]
    for name in list(os.environ):
        if name.startswith(_LIBRARIES):
            del os.environ[name]
    # Processes that this one starts must not find modules in whatever folder is current.
    os.environ["PYTHONSAFEPATH"] = "1"
    # Files of one's own can always be read back.
    os.umask(os.umask(_OWN_ACCESS) & ~_OWN_ACCESS)
    _fill_descriptors()
    return ""


def cleaned(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables for Python and the loader, without those that could change a result."""
    return {
        name: value for name, value in _interpreters(environment).items() if _stays(name, value)
    }


def _stays(name: str, value: str) -> bool:
    match name:
        case "PYTHONUTF8":
            return value == "1"
        case "PYTHONPATH":
            return _is_needed(value)
        case "LD_LIBRARY_PATH":
            return _is_loaded_from(value)
    return name in _PYTHONS_PLACE


def _interpreters(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith((_PYTHON, _LOADER)) and value
    }


def _is_utf8() -> bool:
    """Whether names of files, arguments and standard output are read and written as UTF-8."""
    encodings = [sys.getfilesystemencoding()]
    encodings += [stream.encoding for stream in (sys.stdout, sys.stderr) if stream is not None]
    return all(encoding.lower().replace("_", "-") == "utf-8" for encoding in encodings)


def _is_needed(path: str) -> bool:
    """Whether something the grader needs is found through PYTHONPATH alone."""
    from importlib.machinery import PathFinder

    given = {os.path.abspath(part) for part in path.split(os.pathsep)}
    others = [part for part in sys.path if os.path.abspath(part) not in given]

    def is_there(name: str) -> bool:
        finders = [finder for finder in sys.meta_path if finder is not PathFinder]
        if PathFinder.find_spec(name, others) is not None:
            return True
        # An editable installation has a finder of its own.
        return any(finder.find_spec(name, None) is not None for finder in finders)

    return not all(map(is_there, _NEEDED))


def _is_loaded_from(path: str) -> bool:
    """Whether this Python was itself loaded from one of these folders."""
    folders = [os.path.join(os.path.realpath(part), "") for part in path.split(":") if part]
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
            files = {line.split(maxsplit=5)[5].strip() for line in maps if "/" in line}
    except (OSError, IndexError):
        return True
    mine = os.path.realpath(sys.executable)
    libraries = [file for file in files if "libpython" in file or file == mine]
    return any(file.startswith(folder) for file in libraries for folder in folders)


def _start_anew(wanted: Mapping[str, str]) -> None:
    """Replace this process by one with these variables. Returns only where that can't be done."""
    dropped = _interpreters(os.environ).keys() - wanted.keys()
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {"PYTHONUTF8": "1", _STARTED: str(os.getpid())}
    if not sys.executable:
        return
    try:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    except OSError:
        return


def _fill_descriptors() -> None:
    """Keep the numbers of standard streams from meaning some other file, if one is closed."""
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > 2:
            os.close(descriptor)
            return
