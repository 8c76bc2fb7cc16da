"""How many slips are found, and how many of those where they are.

Which known mistakes are one slip from right, and where the slip is, stands in
`solutions/slips.toml`, found by reading. Mutants of right answers say how it goes with slips
that nobody thought of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.authoring.mutation.token_mutants import TokenMutant
from grader.authoring.variants import Variant
from grader.errors import UsageError
from grader.report import Exercise, ExerciseStatus, Report, Span
from grader.validation_results import SlipTable

SLIPS = "slips.toml"
# The lines where the slip of a known mistake may be said to be, by the mistake's name.
Slips = Mapping[str, tuple[str, ...]]


def read(path: Path, known: Sequence[Variant]) -> Slips:
    """The known mistakes that are one slip from right, with their true lines.

    Raises UsageError if a mistake of that name does not exist, or has no such line.
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[str, ...]])
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
    mistakes = {Path(each.name).name: each for each in known if not each.right}
    for name, lines in found.items():
        if name not in mistakes:
            raise UsageError(f"{path}: there is no mistake {name!r}")
        texts = {text for cell in _cells(mistakes[name].notebook) for text in cell}
        for line in lines:
            if line not in texts:
                raise UsageError(f"{path}: {name} has no line {line!r}")
    return found


def of_mistakes(graded: Sequence[tuple[Variant, Report]], slips: Slips) -> SlipTable:
    """How the slips of the known mistakes were found."""
    missed, misplaced, others = [], [], []
    for variant, report in graded:
        name = Path(variant.name).name
        spans = [span for each in _asked(variant, report) for span in _spans(each)]
        if name not in slips:
            if spans and not variant.right:
                others.append(name)
        elif not spans:
            missed.append(name)
        elif not _is_named(variant.notebook, spans, slips[name]):
            misplaced.append(name)
    return SlipTable(len(slips), tuple(missed), tuple(misplaced), tuple(others))


def of_mutants(mutants: Sequence[TokenMutant], reports: Sequence[Report]) -> SlipTable:
    """How the slips of mutants were found; those that lose nothing are none."""
    known, missed, misplaced = 0, [], []
    for mutant, report in zip(mutants, reports, strict=True):
        exercise = next(each for each in report.exercises if each.name == mutant.exercise)
        if exercise.status is ExerciseStatus.PASSED:
            continue
        known += 1
        spans = _spans(exercise)
        if not spans:
            missed.append(str(mutant))
        elif not any(span.cell == mutant.cell and span.line in mutant.lines for span in spans):
            misplaced.append(str(mutant))
    return SlipTable(known, tuple(missed), tuple(misplaced))


def _asked(variant: Variant, report: Report) -> Iterator[Exercise]:
    return (each for each in report.exercises if each.name in variant.exercises)


def _spans(exercise: Exercise) -> tuple[Span, ...]:
    """Where the report says that the slip is."""
    slip = exercise.slip
    if slip is None:
        return ()
    return (slip.place,) if slip.beside is None else (slip.place, slip.beside)


def _is_named(notebook: bytes, spans: Sequence[Span], lines: Sequence[str]) -> bool:
    cells = _cells(notebook)
    return any(cells[span.cell - 1][span.line - 1] in lines for span in spans)


def _cells(notebook: bytes) -> list[list[str]]:
    """The lines of all cells, without their indent."""
    cells = json.loads(notebook)["cells"]
    return [[line.strip() for line in "".join(cell["source"]).split("\n")] for cell in cells]
