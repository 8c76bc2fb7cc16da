"""What a worker is shown of this machine, and what is held back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.sandbox import Tier, launch
from grader.sandbox.launch import BUILT_IN_LOSSES
from tests.sandbox.asking import worker_folder
from tests.sandbox.tiers import STRONG, need

PROJECT = Path(__file__).resolve().parent.parent.parent


def test_the_built_in_losses_are_found() -> None:
    """Should a library move them, this fails before a student finds them."""
    found = launch.built_in_losses(launch.site_folders())
    for name in BUILT_IN_LOSSES[:3]:
        assert any(path.endswith(name) for path in found)


def test_what_loses_its_code_loses_its_source_too() -> None:
    """A child could read the formula there, and execute it."""
    assert {
        f"{place.partition(':')[0].replace('.', '/')}.py" for place in ASSIGNMENT.forbidden
    } <= set(BUILT_IN_LOSSES)


def test_python_s_trees_hold_nothing_of_the_project() -> None:
    """Neither the checkout nor a folder around it."""
    for tree in launch.python_trees(launch.site_folders()):
        assert Path(tree) not in (PROJECT, *PROJECT.parents)
        assert not Path(tree, "grader").exists()


def test_no_tree_lies_in_another() -> None:
    """Each is shown once."""
    trees = [Path(tree) for tree in launch.python_trees(launch.site_folders())]
    assert not any(one in other.parents for one in trees for other in trees)


@pytest.mark.wall
@pytest.mark.parametrize("tier", STRONG)
def test_an_installed_grader_is_hidden_from_its_own_worker(tier: Tier, tmp_path: Path) -> None:
    """Installed as a package, it lies among the trees that the worker may read."""
    need(tier)
    site = tmp_path / "lib" / "site-packages"
    shutil.copytree(PROJECT / "grader", site / "grader")
    worker_folder(site / "grader" / "worker")
    (site / "custom_loss_grader-1.dist-info").mkdir()
    (site / "custom_loss_grader-1.dist-info" / "RECORD").write_text("grader/kit/hidden.py")
    (site / "_editable_impl_custom_loss_grader.pth").write_text(str(PROJECT))
    (site / "neighbour.py").write_text("here = True")
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)
    script = (
        "import sys\n"
        f"sys.path.insert(0, {str(site)!r})\n"
        "from grader.sandbox import Limit, Tier, launch, start\n"
        "from grader.worker import wire\n"
        f"assert launch.__file__.startswith({str(site)!r})\n"
        "source = '''\n"
        "import neighbour\n"
        "result = [neighbour.here]\n"
        "for name in ('grader/report.py', 'grader/assignments/custom_losses/oracle.py',\n"
        "             'grader/sandbox/launch.py',\n"
        "             'custom_loss_grader-1.dist-info/RECORD',\n"
        "             '_editable_impl_custom_loss_grader.pth'):\n"
        f"    try: result.append(open('{site}/' + name).read())\n"
        "    except OSError: result.append('')\n"
        "try: import grader.report; result.append('imported')\n"
        "except (ImportError, OSError): pass\n"
        "'''\n"
        f"with start(Tier({str(tier)!r})) as sandbox, sandbox.open() as child:\n"
        "    print(child.ask(wire.Open(source.encode(), ()), Limit(10, 60)).reason)\n"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "[True, '', '', '', '', '']", run.stderr[-2000:]
