"""Mistakes of beginners, each with the step that its message asks for, taken word for word.

A file for each exercise in `tests/data/next_steps`; `bases.toml` has a right answer for each. A
case is a change of that answer, or code of its own (`code`), and says:

- `is`: what is the matter, seen without the grader: it gives other "values", has the wrong "form"
  (the values are right), "stops", "returns" something else than a tensor or function, is "no
  Python", or is "missing" under its name
- `line`: where the mistake is, counted from 1 in its cell, if it is in one place
- `asks`: the words of the report that ask for the step; `step`: the change of the code that
  somebody makes who does as they say and knows the formula
- `then_asks`, `then`: the same for the report after that, where one step is not enough
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from grader.assignments.custom_losses.exercises import EXERCISES

Changes = tuple[tuple[str, str], ...]
_HEAD = "import numpy as np\nimport tensorflow as tf"


@dataclass(frozen=True)
class Step:
    """What a report asks for, and the change of the code that is made upon it."""

    asks: str
    changes: Changes


@dataclass(frozen=True)
class Case:
    """One mistake. steps: one, or two where the first is not enough."""

    id: str
    exercise: str
    code: str
    matter: str
    line: int
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """Its exercise and its id."""
        return f"{self.exercise} {self.id}"

    def after(self, steps: int) -> str:
        """The code once so many steps were taken."""
        code = self.code
        for step in self.steps[:steps]:
            code = changed(code, step.changes, self.name)
        return code


def changed(code: str, changes: Changes, name: str) -> str:
    """The code with each text replaced by another one, wherever it stands."""
    for old, new in changes:
        if old not in code:
            raise ValueError(f"{name}: {old!r} stands nowhere in the code")
        code = code.replace(old, new)
    return code


def load(home: Path) -> tuple[Case, ...]:
    """All cases, exercise by exercise."""
    bases = tomllib.loads((home / "bases.toml").read_text(encoding="utf-8"))
    found: list[Case] = []
    for spec in EXERCISES:
        table = tomllib.loads((home / f"{spec.name}.toml").read_text(encoding="utf-8"))
        for row in table["case"]:
            name = f"{spec.name} {row['id']}"
            base = row.get("code") or changed(bases[spec.name], _pairs(row["mistake"]), name)
            steps = [Step(row["asks"], _pairs(row["step"]))]
            if "then" in row:
                steps.append(Step(row["then_asks"], _pairs(row["then"])))
            found.append(
                Case(row["id"], spec.name, base, row["is"], row.get("line", 0), tuple(steps))
            )
    return tuple(found)


def _pairs(rows: Iterable[Iterable[str]]) -> Changes:
    return tuple((old, new) for old, new in rows)


def packed(cases: Iterable[Case]) -> list[list[Case]]:
    """The cases in as few notebooks as can be: of each exercise one at most in each.

    Exercises are tried each for itself, so that no other mistake in a notebook matters.
    """
    rows: list[list[Case]] = []
    for case in cases:
        for row in rows:
            if case.exercise not in {each.exercise for each in row}:
                row.append(case)
                break
        else:
            rows.append([case])
    return rows


def notebook(codes: Iterable[str]) -> bytes:
    """A notebook with each of these in a cell of its own, after the imports."""
    cells = [new_code_cell(_HEAD, id="imports")]
    cells += [new_code_cell(code, id=f"c{at}") for at, code in enumerate(codes)]
    return nbformat.writes(new_notebook(cells=cells)).encode()
