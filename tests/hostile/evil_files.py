"""Files that attack whoever reads them: a function for each makes its bytes.

Group N of the attacks. Each is handed in as a notebook; `answers` says what of the honest
notebook is in it, so what it must be worth.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.hostile import honest

ALL = frozenset(honest.ANSWERS)
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EvilFile:
    """A file that must get a report: `readable` or not, with full points for `answers`."""

    name: str
    says: str
    make: Callable[[], bytes]
    readable: bool
    answers: frozenset[str]


FILES: list[EvilFile] = []


def evil(
    *, readable: bool, answers: frozenset[str] = NONE
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a function into the list; its docstring says what the file does."""

    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        says = (make.__doc__ or "").strip().rstrip(".")
        FILES.append(EvilFile(make.__name__, says, make, readable, answers))
        return make

    return enter


def _cells() -> list[dict[str, Any]]:
    return [honest.code_cell(source) for source in honest.sources()]


def _with(*more: dict[str, Any]) -> bytes:
    return honest.notebook([*_cells(), *more])


def _without_first(source: str) -> bytes:
    """The honest notebook whose first answer is spoilt by a cell that holds it."""
    cells = honest.sources(answered=ALL - {"my_huber_loss"})
    return honest.notebook([honest.code_cell(each) for each in [*cells, source]])


@evil(readable=False)
def n1_larger_than_the_limit() -> bytes:
    """Is larger than any notebook may be."""
    return _with({"cell_type": "raw", "metadata": {}, "source": "x" * (65 * 2**20)})


@evil(readable=True, answers=ALL)
def n1_outputs_of_forty_megabytes() -> bytes:
    """Carries forty megabytes of saved outputs."""
    output = {"output_type": "stream", "name": "stdout", "text": "x" * (40 * 2**20)}
    return _with({**honest.code_cell("pass"), "outputs": [output]})


@evil(readable=True, answers=ALL)
def n1_a_hundred_thousand_cells() -> bytes:
    """Has a hundred thousand empty cells."""
    return _with(*[{"cell_type": "markdown", "metadata": {}, "source": ""}] * 100_000)


@evil(readable=False)
def n2_nested_lists() -> bytes:
    """Is JSON nested a million deep."""
    return b"[" * 1_000_000


@evil(readable=False)
def n2_nested_metadata() -> bytes:
    """Is a right notebook with metadata nested a hundred thousand deep."""
    whole = json.dumps({"cells": _cells(), "nbformat": 4, "nbformat_minor": 5})
    return whole.removesuffix("}").encode() + b', "metadata": ' + b'{"a":' * 100_000 + b"0"


@evil(readable=False)
def n3_the_same_key_twice() -> bytes:
    """Has its cells twice, so that two readers see two notebooks."""
    one = honest.notebook(_cells()).decode()
    return (one.removesuffix("}") + ', "cells": []}').encode()


@evil(readable=False)
def n3_cells_of_other_types() -> bytes:
    """Has an object where the list of cells should be."""
    return json.dumps({"cells": {"0": _cells()}, "nbformat": 4}).encode()


@evil(readable=False)
def n3_source_of_numbers() -> bytes:
    """Has numbers for lines."""
    return _with({**honest.code_cell(""), "source": [1, None, {"a": []}]})


@evil(readable=True, answers=ALL)
def n3_a_format_of_the_future() -> bytes:
    """Says that it is of format 99, with fields of every type."""
    odd = {"nbformat": 99, "nbformat_minor": -1, "metadata": [None, 1e308], "points": 100}
    return json.dumps({"cells": _cells(), **odd}).encode()


@evil(readable=True, answers=ALL)
def n3_numbers_without_end() -> bytes:
    """Has numbers of a hundred thousand digits, and such as are not numbers."""
    whole = honest.notebook(_cells()).decode()
    odd = '"huge": ' + "9" * 100_000 + ', "more": [NaN, -Infinity, 1e999999], '
    return ("{" + odd + whole.removeprefix("{")).encode()


@evil(readable=True, answers=ALL)
def n10_marks_and_line_ends() -> bytes:
    """Begins with a byte order mark, names another encoding, mixes line ends and form feeds."""
    cells = honest.sources()
    cells[0] = "# -*- coding: utf-7 -*-\r\n\x0cWORLD = {}\r"
    cells[1] = "\ufeffimport tensorflow as tf\r\n"
    return b"\xef\xbb\xbf" + honest.notebook([honest.code_cell(each) for each in cells])


@evil(readable=False)
def n10_bytes_that_are_no_text() -> bytes:
    """Is not UTF-8."""
    return honest.notebook(_cells()).replace(b"def", b"\xff\xfe", 1)


@evil(readable=False)
def n10_other_kinds_of_file() -> bytes:
    """Is an archive with a notebook's name."""
    return b"PK\x03\x04" + b"\0" * 1000


@evil(readable=True, answers=ALL)
def n12_cells_that_claim_to_be_tests() -> bytes:
    """Tags its cells as tests and as worth a hundred points each."""
    claims = {
        "nbgrader": {"grade": True, "points": 100, "grade_id": "my_huber_loss", "locked": True},
        "tags": ["tests", "points:100"],
        "otter": {"points": 100},
        "deletable": False,
    }
    cells = [{**cell, "metadata": claims, "id": "my_huber_loss"} for cell in _cells()]
    return honest.notebook(cells)


@evil(readable=True, answers=NONE)
def s22_claims_without_answers() -> bytes:
    """Has all points in its metadata and outputs, and not one answer."""
    output = {"output_type": "execute_result", "data": {"text/plain": "100"}, "metadata": {}}
    full = {"score": 100, "status": "passed", "grades": dict.fromkeys(honest.ANSWERS, 100)}
    cell = {**honest.code_cell("100"), "outputs": [output], "metadata": full}
    return json.dumps({"cells": [cell], "metadata": full, "nbformat": 4, **full}).encode()


@evil(readable=True, answers=ALL)
def p4_outputs_of_another() -> bytes:
    """Carries another student's saved outputs, with scripts and widgets."""
    data = {"text/html": "<script>alert(1)</script>", "application/javascript": "alert(1)"}
    output = {"output_type": "display_data", "data": data, "metadata": {"trusted": True}}
    return honest.notebook([{**cell, "outputs": [output]} for cell in _cells()])


@evil(readable=True, answers=ALL - {"my_huber_loss"})
def r9_brackets_without_end() -> bytes:
    """Has a cell of a hundred thousand open brackets beside its answers."""
    return _without_first("(" * 100_000)


@evil(readable=True, answers=ALL)
def r9_a_literal_of_ten_megabytes() -> bytes:
    """Has a list of two million numbers in a cell that nothing needs."""
    return _with(honest.code_cell("unused = [" + "12345," * 1_700_000 + "]"))


@evil(readable=True, answers=ALL)
def r9_a_number_of_a_million_digits() -> bytes:
    """Has a number of a million digits in a cell that nothing needs."""
    return _with(honest.code_cell("unused = " + "7" * 1_000_000))


@evil(readable=True, answers=ALL)
def r9_signs_without_end() -> bytes:
    """Has an expression of a hundred thousand minus signs in a cell that nothing needs."""
    return _with(honest.code_cell("unused = " + "-" * 100_000 + "1"))


@evil(readable=True, answers=ALL)
def r9_a_chain_without_end() -> bytes:
    """Has a chain of fifty thousand attributes and calls in a cell that nothing needs."""
    return _with(honest.code_cell("unused = a" + ".b()" * 50_000))


@evil(readable=True, answers=ALL)
def r9_blocks_without_end() -> bytes:
    """Has a thousand nested blocks in a cell that nothing needs."""
    lines = [" " * depth + "if 1:" for depth in range(1000)]
    return _with(honest.code_cell("\n".join([*lines, " " * 1000 + "unused = 1"])))


@evil(readable=True, answers=ALL)
def r9_statements_without_end() -> bytes:
    """Has fifty thousand definitions that all use one another."""
    lines = [f"def f{n}(): return f{(n * 7) % 50_000}()" for n in range(50_000)]
    return _with(honest.code_cell("\n".join(lines)))


@evil(readable=True, answers=ALL)
def i8_names_without_end() -> bytes:
    """Has names a megabyte long, and a thousand that are nearly an exercise's."""
    lines = ["x" * 2**20 + " = 1", *(f"my_huber_los{n} = 1" for n in range(1000))]
    return _with(honest.code_cell("\n".join(lines)))


@evil(readable=True, answers=ALL)
def n8_names_that_look_alike() -> bytes:
    """Defines names that look like an exercise's, in letters of other scripts."""
    lookalikes = ("my_hub\u0435r_loss", "\uff4dy_huber_loss_", "contrastive_l\u03bfss")
    return _with(honest.code_cell("\n".join(f"{name} = None" for name in lookalikes)))
