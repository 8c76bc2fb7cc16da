"""The command in strange surroundings: the same report, or one true line."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import outside
from tests import notebooks

COMMAND = str(Path(sys.executable).with_name("grader"))

# What people, containers and course servers set, each value one that would hurt if it were heard.
HOSTILE = {
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
    "PYTHONHASHSEED": "4",
    "PYTHONIOENCODING": "ascii:strict",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONINSPECT": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONNODEBUGRANGES": "1",
    "PYTHONBREAKPOINT": "no.such.module",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONPATH": "<cwd>",
    "PYTEST_ADDOPTS": "-x --collect-only",
    "PYTEST_PLUGINS": "no_such_plugin",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "TF_USE_LEGACY_KERAS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "0",
    "TF_XLA_FLAGS": "--tf_xla_auto_jit=2",
    "TF_NUM_INTRAOP_THREADS": "7",
    "KERAS_BACKEND": "jax",
    "KERAS_HOME": "/proc/no/such/folder",
    "OMP_NUM_THREADS": "no number",
    "OPENBLAS_CORETYPE": "Prescott",
    "MKL_NUM_THREADS": "-3",
    "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3",
    "NPY_PROMOTION_STATE": "legacy",
    "CUDA_VISIBLE_DEVICES": "0",
    "XLA_FLAGS": "--no_such_flag",
    "LD_PRELOAD": "/no/such/library.so",
    "LD_LIBRARY_PATH": "<cwd>",
    "MALLOC_PERTURB_": "170",
    "JUPYTER_CONFIG_DIR": "/proc/no/such/folder",
    "IPYTHONDIR": "/proc/no/such/folder",
    "MPLBACKEND": "no backend",
    "HOME": "/proc",  # no file can be made there, whoever one is
    "TMPDIR": "/no/such/folder",
    "TZ": "no/such/zone",
}

# Modules that lie in a folder of hand-ins, or on somebody's path.
SHADOWS = (
    "numpy",
    "socket",
    "typing",
    "tensorflow",
    "conftest",
    "sitecustomize",
    "report",
    "msgspec",
)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder full of modules that must never be imported."""
    folder = tmp_path / "hand-ins"
    folder.mkdir()
    for name in SHADOWS:
        (folder / f"{name}.py").write_text("print('imported'); raise SystemExit(7)\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
    return folder


def run(
    *argv: str, cwd: Path, variables: dict[str, str], before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it, in an environment of these variables alone."""
    set_ = {name: value.replace("<cwd>", str(cwd)) for name, value in variables.items()}
    return subprocess.run(
        [COMMAND, *argv], cwd=cwd, env={"PATH": os.environ["PATH"], **set_}, preexec_fn=before,
        capture_output=True, check=False, timeout=300, encoding="utf-8",
    )  # fmt: skip


def bare(report: bytes) -> Any:
    """A report without what may differ."""
    found = json.loads(report)
    del found["timing"], found["environment"]["isolation"]
    return json.dumps(found)


@pytest.mark.wall
@pytest.mark.slow
def test_the_reference_has_the_same_report_in_hostile_surroundings(
    project: Path, foreign: Path, tmp_path: Path
) -> None:
    """Thirty variables and more, two locales, a home that can't be written, a foreign folder."""
    assert len(HOSTILE) >= 30
    (foreign / "sitecustomize.py").unlink()
    notebook = str(project / "solutions" / "custom_losses.ipynb")
    reports = []
    for number, variables in enumerate(
        (
            {"HOME": str(tmp_path), "LANG": "C.UTF-8"},
            HOSTILE | {"LC_ALL": "POSIX"},
            HOSTILE | {"LC_ALL": "de_DE.ISO-8859-1", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        )
    ):
        out = tmp_path / f"{number}.json"
        cwd = foreign if number else project
        done = run("grade", notebook, "--student", "Zoë", "-o", str(out), cwd=cwd,
                   variables=variables)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "100 of 100 points" in done.stdout
        reports.append(bare(out.read_bytes()))
    first = json.loads(reports[0])
    assert (first["student"], first["score"]) == ("Zoë", 100)
    assert all(check["title"] for each in first["exercises"] for check in each["checks"])
    assert reports[1:] == [reports[0]] * 2


@pytest.mark.wall
@pytest.mark.slow
def test_a_class_is_graded_in_hostile_surroundings(foreign: Path, tmp_path: Path) -> None:
    """Processes of the pool hear as little; a name in no ASCII stops nobody."""
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "Zoë.ipynb").write_bytes(notebooks.honest())
    done = run(
        "batch", str(folder), "-o", str(tmp_path / "out"), "--jobs", "2", cwd=foreign,
        variables={key: value for key, value in HOSTILE.items() if key != "PYTHONPATH"}
        | {"LC_ALL": "C"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "imported" not in done.stdout + done.stderr
    report = json.loads((tmp_path / "out" / "reports" / "Zoë.json").read_bytes())
    assert (report["student"], report["score"]) == ("Zoë", 100)


@pytest.mark.slow
@pytest.mark.parametrize(
    "variable",
    [
        "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONIOENCODING", "PYTHONPATH", "PYTHONSAFEPATH",
        "PYTEST_ADDOPTS", "NPY_PROMOTION_STATE", "LD_PRELOAD",
    ],
)  # fmt: skip
def test_each_variable_alone(variable: str, foreign: Path) -> None:
    """A command that needs no worker says what it always says."""
    (foreign / "sitecustomize.py").unlink()
    value = HOSTILE.get(variable, "1")
    done = run("rubric", "--format", "json", cwd=foreign, variables={variable: value})
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert sum(row["points"] for row in rows) == 100
    assert all(row["title"] for row in rows)


def test_the_module_is_not_found_among_the_files_of_a_class(foreign: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--version"],
        cwd=foreign, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split()[0]) == (0, "grader"), done.stderr


def test_python_may_be_told_where_its_packages_are(tmp_path: Path) -> None:
    """What only PYTHONPATH knows stays known; what does without it does without it."""
    assert outside.cleaned({"PYTHONPATH": str(tmp_path), "PYTHONOPTIMIZE": "1"}) == {}
    site = next(path for path in sys.path if path.endswith("site-packages"))
    assert outside.cleaned({"PYTHONPATH": site}) == {"PYTHONPATH": site}
    kept = {"PYTHONHOME": sys.base_prefix, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    assert outside.cleaned({**kept, "HOME": "/", "LANG": "C"}) == kept


def test_it_starts_itself_anew_once_whatever_python_does(tmp_path: Path) -> None:
    """A program called `python` may be a script that sets the variables again."""
    wrapper = tmp_path / "python"
    wrapper.write_text(f'#!/bin/sh\nPYTHONOPTIMIZE=1 exec "{sys.executable}" "$@"\n')
    wrapper.chmod(0o755)
    code = (
        f"import sys; sys.executable = {str(wrapper)!r}; from grader.__main__ import main\n"
        "sys.argv = ['grader', '--version']; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("grader ")


def test_options_that_drop_checks_are_refused() -> None:
    """Asserts and docstrings are checks and titles; an option is nothing to start anew without."""
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "grader", "rubric"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "PYTHONOPTIMIZE, or -O" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    done = run("rubric", cwd=place, variables={}, before=place.rmdir)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "grader: the current folder is gone: change to one that exists, and try again\n"
    )


def test_a_mask_that_takes_everything(tmp_path: Path) -> None:
    """What the grader writes it can read again."""

    def take_everything() -> None:
        os.umask(0o777)

    done = run("rubric", cwd=tmp_path, variables={}, before=take_everything)
    assert done.returncode == 0
    code = (
        "import os, pathlib; from grader import outside; os.umask(0o777); outside.settle()\n"
        "print(oct(os.umask(0)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "0o77"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (resource.RLIMIT_CPU, 20, "`ulimit -t` limits CPU time to 20 s"),
        (resource.RLIMIT_NOFILE, 60, "`ulimit -n` limits open files to 60"),
        (resource.RLIMIT_FSIZE, 2**20, "`ulimit -f` limits the size of a file to 1 MB"),
        (resource.RLIMIT_AS, 2**31, "`ulimit -v` limits memory to 2048 MB"),
        (resource.RLIMIT_STACK, 2**20, "`ulimit -s` limits the stack to 1 MB"),
    ],
)
def test_a_limit_of_the_shell_that_is_too_low(
    kind: int, value: int, said: str, project: Path, tmp_path: Path
) -> None:
    """One line with its name, exit 3, and no report."""
    done = run(
        "grade", str(project / "docs" / "example.ipynb"), cwd=tmp_path, variables={},
        before=lambda: resource.setrlimit(kind, (value, value)),
    )  # fmt: skip
    assert done.returncode == 3
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize("platform", ["win32", "cygwin", "darwin"])
def test_other_systems_are_told_what_works_there(platform: str) -> None:
    """Tried by calling this system by another name."""
    code = (
        # What Python was built with is in a file that is named after the system.
        "import sys, sysconfig; sysconfig.get_config_vars()\n"
        f"sys.platform = {platform!r}; sys.argv = ['grader', 'doctor']\n"
        "from grader.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300
    )
    assert "Error" not in done.stdout + done.stderr
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "in a Linux container" in done.stderr
    assert ("WSL" in done.stderr) == (platform != "darwin")
