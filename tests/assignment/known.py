"""Known mistakes of the rubric, as the self-check looks for them.

The self-check is one file that a student has, so the rubric's words and what its formulas make
of the self-check's own examples stand in it as a table. `python -m tests.assignment.known`
writes it again after a change of either.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

from grader.kit.elementwise.misconception import Misconception
from grader.assignments.custom_losses import misconceptions
from grader.assignments.custom_losses.exercises import Family

SELFCHECK = Path(__file__).resolve().parents[2] / "assignment/selfcheck.py"
BEGIN, END = "# BEGIN KNOWN\n", "# END KNOWN\n"
WIDTH = 96


def module() -> ModuleType:
    """The self-check, imported from where students have it."""
    spec = importlib.util.spec_from_file_location("selfcheck", SELFCHECK)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["selfcheck"] = made
    spec.loader.exec_module(made)
    return made


def table() -> str:
    """The lines between the two marks."""
    selfcheck = module()
    lines = []
    for name, family, examples in (
        ("KNOWN_HUBER", Family.HUBER, selfcheck.HUBER + selfcheck.HUBER_CHOICE),
        (
            "KNOWN_CONTRASTIVE",
            Family.CONTRASTIVE,
            selfcheck.CONTRASTIVE + selfcheck.CONTRASTIVE_CHOICE,
        ),
    ):
        lines.append(f"{name} = (")
        for known in misconceptions.of(family):
            values = [_value(known, one.y_true, one.y_pred, one.hyper) for one in examples]
            lines += ["    (", f"        ({', '.join(f'{value:g}' for value in values)}),"]
            lines += [f"        {part}" for part in _quoted(known.text)]
            lines += ["    ),"]
        lines.append(")")
    return "\n".join(lines) + "\n"


def _value(known: Misconception, y: float, p: float, hyper: float) -> float:
    with np.errstate(all="ignore"):
        return round(float(known.formula(np.array(y), np.array(p), hyper)), 6)


def _quoted(text: str) -> list[str]:
    """A text as strings that stand one below the other."""
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > WIDTH - 14:
            lines.append(line)
            line = ""
        line += f"{word} "
    lines.append(line[:-1])
    return [f'"{one}"' for one in lines[:-1]] + [f'"{lines[-1]}",']


def renewed(text: str) -> str:
    """The self-check with its table made again."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    SELFCHECK.write_text(renewed(SELFCHECK.read_text(encoding="utf-8")), encoding="utf-8")
