"""The image, the cluster of containers and the development container say what holds elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

BIN = Path(sys.executable).parent


def test_the_image_is_linted(project: Path) -> None:
    """Its base is named by digest, it runs as nobody in particular, and knows if it is well."""
    done = subprocess.run(
        [str(BIN / "hadolint"), str(project / "Dockerfile")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    text = (project / "Dockerfile").read_text("utf-8")
    assert re.search(r"^ARG BASE=\S+@sha256:[0-9a-f]{64}$", text, re.MULTILINE)
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text


def test_what_builds_it_is_what_is_pinned(project: Path) -> None:
    """The one package that stands in no lock file of its own."""
    (used,) = re.findall(r"hatchling==(\S+)", (project / "Dockerfile").read_text("utf-8"))
    lock = (project / "requirements.lock").read_text("utf-8")
    assert f"\nhatchling=={used} " in lock


def test_the_bases_of_all_images_are_one(project: Path) -> None:
    """So that a newer one is taken everywhere."""
    files = [
        project / "Dockerfile",
        *(project / "grader" / "formats" / "services").glob("*_files/Dockerfile"),
    ]
    assert len(files) == 2
    bases = [re.findall(r"^ARG BASE=.*$", path.read_text("utf-8"), re.MULTILINE) for path in files]
    assert bases == [bases[0]] * 2 != [[]] * 2


def test_a_cluster_installs_what_one_machine_does(project: Path) -> None:
    """And Dask besides."""

    def pins(path: Path) -> set[str]:
        text = path.read_text("utf-8")
        return set(re.findall(r"^([a-z0-9][\w.-]*==\S+)", text, re.MULTILINE))

    alone = pins(project / "grader" / "requirements.lock")
    cluster = pins(project / "requirements-cluster.lock")
    assert alone < cluster
    assert any(pin.startswith("distributed==") for pin in cluster - alone)


@pytest.mark.slow
def test_compose_fits_its_published_schema(project: Path) -> None:
    """A scheduler, two workers, nothing that is privileged, nothing open to the outside."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*command, str(project / "compose.yaml")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    read = yaml.safe_load((project / "compose.yaml").read_text("utf-8"))
    services = read["services"]
    assert services["worker"]["deploy"]["replicas"] == 2
    assert read["networks"]["inside"]["internal"] is True
    for one in services.values():
        assert one["cap_drop"] == ["ALL"]
        assert one["read_only"] is True
        assert not {"privileged", "ports"} & set(one)
    assert "--nthreads=1" in services["worker"]["command"]


def test_the_development_container_installs_what_ci_does(project: Path) -> None:
    """The same packages of the system, and then `make setup`."""
    made = json.loads((project / ".devcontainer" / "devcontainer.json").read_bytes())
    ci = (project / ".ci" / "run").read_text("utf-8")
    wanted = set(re.findall(r"\b\w+:([\w-]+)", re.findall(r"for need in (.*);", ci)[0]))
    words = set(made["postCreateCommand"].replace("&&", " ").split())
    assert wanted - {"git"} <= words
    assert made["postCreateCommand"].endswith("make setup")


def test_no_student_s_work_gets_into_an_image(project: Path) -> None:
    """What is not named stays out of what is sent to the builder."""
    lines = (project / ".dockerignore").read_text("utf-8").split("\n")
    assert lines[1] == "*"
    kept = {line[1:] for line in lines if line.startswith("!")}
    text = (project / "Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE)
    assert {name for line in copied for name in line.split()} == kept
