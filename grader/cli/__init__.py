"""The `grader` command. Each module beside this one registers the commands of one group.

Nothing heavy is imported before a command runs: a worker that imports TensorFlow for three
seconds should be the first thing to start.
"""

from __future__ import annotations

from grader.cli import authoring, class_exports, classroom, export, grading
from grader.cli.app import app
from grader.cli.run import main

__all__ = ["app", "authoring", "class_exports", "classroom", "export", "grading", "main"]
