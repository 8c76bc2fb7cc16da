"""One submission in, one report out: asks the worker, runs the rubric, gives the verdicts.

The names below are loaded when they are first used, so that a command can start its worker
before pytest and NumPy are imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judging.fingerprint import code_hash
    from grader.judging.grading import Graded, grade, grader_version
    from grader.judging.rubric_run import rubric_hash
    from grader.judging.rubric_run import table as rubric_table
    from grader.judging.trying.opening import opened

__all__ = [
    "Graded",
    "code_hash",
    "grade",
    "grader_version",
    "opened",
    "rubric_hash",
    "rubric_table",
]

_HOMES = {
    "Graded": ("grader.judging.grading", "Graded"),
    "code_hash": ("grader.judging.fingerprint", "code_hash"),
    "grade": ("grader.judging.grading", "grade"),
    "grader_version": ("grader.judging.grading", "grader_version"),
    "opened": ("grader.judging.trying.opening", "opened"),
    "rubric_hash": ("grader.judging.rubric_run", "rubric_hash"),
    "rubric_table": ("grader.judging.rubric_run", "table"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
