"""Notebooks made of a few cells, read and executed as the worker does it."""

from __future__ import annotations

import ast
import json
import sys
import warnings
from dataclasses import dataclass
from typing import Any

from grader.worker.answering.defining import execution
from grader.worker.reading import slicing
from grader.worker.reading.documents.notebook import Notebook, read


def notebook_of(*sources: str) -> Notebook:
    """A notebook with these code cells."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return read(json.dumps({"cells": cells, "nbformat": 4}).encode())


def survey_of(*sources: str, names: tuple[str, ...] = ("f",)) -> slicing.Survey:
    """A notebook with these code cells, read for `names`."""
    return slicing.survey(notebook_of(*sources), names)


def finding_of(*sources: str, name: str = "f") -> slicing.Slice:
    """What is found of one name."""
    return survey_of(*sources, names=(name,)).findings[0]


@dataclass(frozen=True)
class Ran:
    """A slice after it ran. text: its statements, as Python writes them."""

    namespace: execution.Namespace
    text: str

    def __getitem__(self, name: str) -> Any:
        return self.namespace.globals[name]

    def error(self, name: str) -> str:
        """What the statement raised that should have bound the name."""
        error = self.namespace.failures[name]
        return f"{type(error).__name__}: {error}"


def run(*sources: str, names: tuple[str, ...] = ("f",)) -> Ran:
    """Execute what `names` need of a notebook with these code cells."""
    return run_survey(survey_of(*sources, names=names), names)


def run_survey(survey: slicing.Survey, names: tuple[str, ...]) -> Ran:
    """Execute what `names` need."""
    statements = slicing.slice_for(survey, names)
    running = sys.modules["__main__"]
    try:
        with warnings.catch_warnings():
            # Warnings are errors in these tests, and are none in a student's notebook.
            warnings.simplefilter("ignore")
            namespace = execution.execute(statements, survey)
    finally:
        sys.modules["__main__"] = running
    return Ran(namespace, "\n".join(ast.unparse(statement.node) for statement in statements))
