"""A class of any size: right, half right and broken notebooks, out of `solutions/`."""

from __future__ import annotations

import json
import random
from pathlib import Path

from nbformat.v4 import nbbase

from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring import variants
from grader.authoring.variants import Variant
from tests.benchmarks.measuring import PROJECT, REFERENCE

# Of twenty hand-ins: the reference's own cells, whole notebooks, mixed answers, no notebook.
_REFERENCE, _WHOLE, _MIXED = 3, 2, 14
# Of ten answers in a mixed notebook: right, a known mistake; what is left is missing.
_RIGHT, _WRONG = 6, 3


def write(folder: Path, count: int, seed: int = 7, *, right: bool = False) -> None:
    """So many notebooks in the folder, no two alike, the same each time.

    right: notebooks of six right answers each, in place of all kinds.
    """
    chance = random.Random(seed)
    every = variants.load(ASSIGNMENT, PROJECT)
    by_name = {
        name: [one for one in every if one.exercises == (name,)] for name in ASSIGNMENT.names
    }
    whole = [one.notebook for one in every if len(one.exercises) > 2]
    folder.mkdir(parents=True)
    for number in range(count):
        kind = chance.randrange(20)
        if right:
            data = _mixed(chance, by_name, right=True)
        elif kind < _REFERENCE:
            data = REFERENCE.read_bytes()
        elif kind < _REFERENCE + _WHOLE:
            data = chance.choice(whole)
        elif kind < _REFERENCE + _WHOLE + _MIXED:
            data = _mixed(chance, by_name)
        else:
            data = b"no notebook"
        (folder / f"s{number:03}.ipynb").write_bytes(data + b" " * number)


def _mixed(
    chance: random.Random, by_name: dict[str, list[Variant]], *, right: bool = False
) -> bytes:
    cells = []
    for name in ASSIGNMENT.names:
        fate = 0 if right else chance.randrange(10)
        if fate < _RIGHT + _WRONG:
            fitting = [one for one in by_name[name] if one.right == (fate < _RIGHT)]
            book = json.loads(chance.choice(fitting).notebook)
            cells += ["".join(cell["source"]) for cell in book["cells"]]
    code = [nbbase.new_code_cell(text, id=f"c{place}") for place, text in enumerate(cells)]
    return json.dumps(nbbase.new_notebook(cells=code)).encode()
