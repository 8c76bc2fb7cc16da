"""What runs on GitHub is what was read when it was chosen."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import PROJECT
from tests.package.pins import written

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_their_commit(workflow: Path) -> None:
    """A tag can be moved to other code; beside the commit stands the version it was then."""
    text = workflow.read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"].values()
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    pinned = re.findall(r"uses: ([\w-]+/[\w-]+@[0-9a-f]{40}) # v\d+\.\d+\.\d+\n", text)
    assert used == pinned != []


@pytest.mark.slow
@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_fit_their_published_schema(workflow: Path) -> None:
    """A misspelt key would otherwise be found on GitHub alone."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*command, "vendor.github-workflows", str(workflow)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_what_it_must_and_no_more(workflow: Path) -> None:
    """Reading is all; what a release signs with is given to the jobs that sign."""
    read = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert read["permissions"] in ({"contents": "read"}, {})
    for job in read["jobs"].values():
        given = job.get("permissions", {})
        assert {name for name, level in given.items() if level == "write"} <= {
            "id-token",
            "attestations",
        }


def test_both_ends_of_tensorflow_are_validated(project: Path) -> None:
    """The oldest that is allowed, by its number, and the newest."""
    jobs = yaml.safe_load((project / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    packages = {
        one["name"]: one["packages"] for one in jobs["tensorflow"]["strategy"]["matrix"]["include"]
    }
    (least,) = set(
        re.findall(r'"tensorflow(?:-cpu)?>=(2\.16)\b', (project / "pyproject.toml").read_text())
    )
    assert f"tensorflow-cpu=={least}." in packages["oldest"]
    assert "--upgrade tensorflow-cpu" in packages["newest"]


@pytest.mark.slow
def test_the_list_of_what_a_release_is_made_of(project: Path, tmp_path: Path) -> None:
    """Every pinned package with its version and hashes, as CycloneDX."""
    makefile = (project / "Makefile").read_text("utf-8")
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    words = recipe[1].replace("\\\n", " ").splitlines()[1].split()
    words = [word.replace("$(BIN)", str(Path(sys.executable).parent)) for word in words]
    words[words.index("build/sbom.cdx.json")] = str(tmp_path / "sbom.json")
    subprocess.run(words, cwd=project, check=True, capture_output=True)
    parts = json.loads((tmp_path / "sbom.json").read_bytes())["components"]
    assert {f"{one['name']}=={one['version']}" for one in parts} == {
        pin.split(" ;")[0] for pin in written()
    }
    assert all(one["externalReferences"][0]["hashes"] for one in parts)
