"""An environment of their own for the graders that we measure ourselves against.

It has the same TensorFlow, Keras and NumPy as this one. It lies in `.bench/`, which git ignores,
and is made again when a version changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measuring import PROJECT

HOME = PROJECT / ".bench"
_SAME = ("tensorflow", "keras", "numpy", "matplotlib", "ipykernel", "nbclient", "nbconvert")
_THEIRS = ("nbgrader==0.9.6", "otter-grader==7.0.0")


class NotHereError(Exception):
    """The environment can't be had on this machine; the text says why, in one line."""


@dataclass(frozen=True)
class Environment:
    """A place with their programs in it."""

    path: Path

    def run(self, *command: str, cwd: Path) -> str:
        """Run one of its programs in `cwd`, and give what it says.

        Raises CalledProcessError if it fails.
        """
        done = subprocess.run(
            [str(self.path / "bin" / command[0]), *command[1:]],
            cwd=cwd,
            env=self._variables(),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            sys.stderr.write(done.stdout[-4000:])
            done.check_returncode()
        return done.stdout

    def _variables(self) -> dict[str, str]:
        # Nothing of the user's own Jupyter or Python; the settings of TensorFlow are those that
        # help a small notebook, and that our own worker has as well.
        kept = {name: os.environ[name] for name in ("LANG", "TZ", "TMPDIR") if name in os.environ}
        home = self.path / "home"
        return kept | {
            "PATH": f"{self.path / 'bin'}:{os.environ.get('PATH', '')}",
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / "ipython"),
            "MPLCONFIGDIR": str(home / "matplotlib"),
            "CUDA_VISIBLE_DEVICES": "-1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",
        }


def ready() -> Environment:
    """The environment, made if need be. Raises NotHereError if it can't be."""
    packages = [f"{name}=={version(name)}" for name in _SAME] + list(_THEIRS)
    key = hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()[:12]
    path = HOME / f"env-{key}"
    if (path / ".ready").exists():
        return Environment(path)
    shutil.rmtree(path, ignore_errors=True)
    HOME.mkdir(exist_ok=True)
    uv = str(Path(sys.executable).parent / "uv")
    python = str(path / "bin" / "python")
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(path)],
        # Compiled, as the packages of this environment are: else each start pays for it.
        [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *packages],
    ):
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            shutil.rmtree(path, ignore_errors=True)
            said = " ".join((getattr(error, "stderr", "") or str(error)).split())
            raise NotHereError(said[:400]) from None
    for name in ("home", "home/config", "home/data", "home/runtime"):
        (path / name).mkdir(mode=0o700)
    (path / ".ready").touch()
    return Environment(path)
