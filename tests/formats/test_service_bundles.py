"""What is uploaded to Coursera and PrairieLearn, and the workflow for GitHub."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.assignments.custom_losses import ASSIGNMENT
from grader.cli import main
from grader.formats.services import bundle, github_workflow
from tests.conftest import PROJECT

FILES = sorted((PROJECT / "grader" / "formats" / "services").glob("*_files/*"))
DOCKERFILES = [path for path in FILES if path.name == "Dockerfile"]
SCRIPTS = [path for path in FILES if path.read_bytes().startswith(b"#!")]


@pytest.mark.parametrize("service", ["coursera", "prairielearn"])
def test_a_service_gets_its_scripts_and_the_grader(service: str) -> None:
    """No solutions, no tests; what is to be started can be."""
    packed = zipfile.ZipFile(io.BytesIO(bundle.build(service, ASSIGNMENT)))
    tops = {name.split("/")[0] for name in packed.namelist()}
    assert {"Dockerfile", "run", "grader", "requirements.lock"} <= tops
    assert not tops & {"solutions", "tests", "setup.sh"}
    assert packed.getinfo("run").external_attr >> 16 & 0o111
    assert bundle.build(service, ASSIGNMENT) == bundle.build(service, ASSIGNMENT)


def test_coursera_s_parts_come_along(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the ids that Coursera gave them."""
    place = tmp_path / "coursera.zip"
    parts = ["--part", "aB3=my_huber_loss", "--part", "x_1=ContrastiveLoss"]
    assert main(["export", "coursera", "-o", str(place), *parts]) == 0
    packed = zipfile.ZipFile(place)
    assert json.loads(packed.read("parts.json")) == {
        "aB3": "my_huber_loss",
        "x_1": "ContrastiveLoss",
    }
    assert "part aB3" in capsys.readouterr().out


@pytest.mark.parametrize("part", ["my_huber_loss", "=my_huber_loss", "aB3=another"])
def test_a_part_that_is_none_is_wrong_usage(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, with the names that there are."""
    place = tmp_path / "coursera.zip"
    assert main(["export", "coursera", "-o", str(place), "--part", part]) == 2
    said = capsys.readouterr().err
    assert "MyHuberLoss" in said
    assert said.count("\n") == 1
    assert not place.exists()


def test_prairielearn_s_settings_name_what_is_in_the_image() -> None:
    """Those of its page on external grading."""
    packed = zipfile.ZipFile(io.BytesIO(bundle.build("prairielearn", ASSIGNMENT)))
    options = json.loads(packed.read("info.json"))["externalGradingOptions"]
    assert options["enabled"] is True
    assert options["entrypoint"] == "/grader/run"
    assert options["timeout"] <= 600, "no longer is allowed"
    known = {
        "enabled", "image", "entrypoint", "serverFilesCourse", "timeout", "enableNetworking",
        "environment",
    }  # fmt: skip
    assert set(options) <= known


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_dockerfiles_are_linted(dockerfile: Path) -> None:
    """And begin with an image that is named by its digest."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("hadolint")), str(dockerfile)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "@sha256:" in dockerfile.read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_scripts_are_linted(script: Path) -> None:
    """What only a service runs would else fail there first."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("shellcheck")), str(script)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_workflow_installs_a_certain_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where GitHub looks for it; actions by commit; it may read and no more."""
    monkeypatch.chdir(tmp_path)
    assert main(["export", "github"]) == 0
    made = tmp_path / ".github" / "workflows" / "grade.yml"
    assert github_workflow.package() in capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         str(made)], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    read = yaml.safe_load(made.read_text("utf-8"))
    assert read["permissions"] == {"contents": "read"}
    steps = read["jobs"]["grade"]["steps"]
    installing = next(step for step in steps if step.get("name") == "Install the grader")
    assert installing["env"]["PACKAGE"] == github_workflow.package()
    assert "[locked]==" in github_workflow.package()


def test_another_assignment_of_the_package_goes_to_github(tmp_path: Path) -> None:
    place = tmp_path / "grade.yml"
    assert main(["export", "github", "-o", str(place), "--assignment", "rmse"]) == 0
    steps = yaml.safe_load(place.read_text("utf-8"))["jobs"]["grade"]["steps"]
    grading = next(step for step in steps if step.get("name") == "Grade")
    assert grading["env"]["ASSIGNMENT"] == "rmse"
    assert '--assignment "$ASSIGNMENT"' in grading["run"]


@pytest.mark.parametrize(("given", "words"), [("mine", "students' own"), ("gone", "no folder")])
def test_a_folder_of_checks_does_not_go_to_github(
    given: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """They would lie in the repository that a student has."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine"]) == 0
    assert main(["export", "github", "-o", "grade.yml", "--assignment", given]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not Path("grade.yml").exists()


def test_whatever_is_installed_is_a_value_and_no_code() -> None:
    """A quote in a package's address or a folder's name ends no string."""
    odd = "a\"b: 'c'\n#d"
    read = yaml.safe_load(github_workflow.workflow(odd, odd, odd))
    steps = read["jobs"]["grade"]["steps"]
    assert {v for step in steps for v in step.get("env", {}).values()} == {odd}


def test_our_own_repository_shows_it_on_the_example(project: Path) -> None:
    """The same workflow, with what is checked out in place of a release."""
    own = (project / ".github" / "workflows" / "example.yml").read_bytes()
    assert own == github_workflow.workflow(".[locked]", "custom_losses", "docs")
