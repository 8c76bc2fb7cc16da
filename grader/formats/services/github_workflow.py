"""The workflow that grades a student's repository on GitHub."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

_TEMPLATE = Path(__file__).parent / "github_files" / "grade.yml"


def package() -> str:
    """What to install: this version, with the packages that it was tested with."""
    name = "custom-loss-grader"
    return f"{name}[locked]=={metadata.version(name)}"


def workflow(requirement: str, assignment: str, folder: str = ".") -> bytes:
    """The workflow's file.

    requirement: what `pip install` is given. assignment: the name of one that is in it. folder:
    where in the repository the work is.
    """
    # A string of JSON is one of YAML too, whatever is in it.
    text = _TEMPLATE.read_text("utf-8").replace("@PACKAGE@", json.dumps(requirement))
    text = text.replace("@ASSIGNMENT@", json.dumps(assignment))
    return text.replace("@FOLDER@", json.dumps(folder)).encode()
