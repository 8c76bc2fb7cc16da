"""Mutants: the reference solutions, changed in every systematic way, one change each.

A mutant that keeps all points survives: either a check is missing, or the change makes no
difference. Which ones make none is listed by hand, with the reason, in
`solutions/equivalent.toml`; every other survivor is a difference.
"""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import msgspec
from nbformat import NotebookNode
from nbformat.v4 import nbjson

from grader.authoring import variants
from grader.errors import UsageError
from grader.kit.assignment import Assignment
from grader.report import ExerciseStatus, Report
from grader.validation_results import MutantRow, MutantTable

EQUIVALENT = "equivalent.toml"


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change that makes no difference. before, after: the line it changes, without indent."""

    exercises: tuple[str, ...]
    before: str
    after: str
    reason: str


class _EquivalentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    equivalent: tuple[Equivalent, ...]


@dataclass(frozen=True)
class Mutant:
    """One change to one solution. before, after: what it changes, without indent."""

    exercise: str
    operator: str
    before: str
    after: str
    notebook: bytes

    def __str__(self) -> str:
        return f"{self.exercise}: {self.before!r} -> {self.after!r} ({self.operator})"


@dataclass(frozen=True)
class Mutants:
    """All mutants of a project's reference notebook.

    originals: the unchanged solutions, each by itself; they must pass, or a dead mutant
    would prove nothing.
    """

    originals: tuple[tuple[str, bytes], ...]
    mutants: tuple[Mutant, ...]
    equivalent: tuple[Equivalent, ...]

    @classmethod
    def of(cls, assignment: Assignment, project: Path) -> Mutants:
        """Make them. Raises UsageError if cosmic-ray or a file of the project is missing."""
        try:
            from grader.authoring.mutation.operators import all_operators
        except ImportError:
            raise UsageError(
                "mutants need cosmic-ray: install the extra custom-loss-grader[dev]"
            ) from None
        solutions = list(_solutions(project / assignment.sources.reference, assignment.names))
        operators = all_operators()
        found = [mutant for solution in solutions for mutant in _mutants_of(solution, operators)]
        return cls(
            originals=tuple((each.exercise, each.notebook(each.source)) for each in solutions),
            mutants=tuple(found),
            equivalent=_read_equivalent(project / assignment.sources.solutions / EQUIVALENT),
        )

    @property
    def notebooks(self) -> tuple[bytes, ...]:
        """What is to be graded: the originals, then the mutants."""
        return (*(data for _, data in self.originals), *(each.notebook for each in self.mutants))

    def table(self, reports: Sequence[Report]) -> MutantTable:
        """What became of them, by the reports on `notebooks`."""
        split = len(self.originals)
        lines = [
            f"{name}: its solution does not pass by itself, so its mutants prove nothing"
            for (name, _), report in zip(self.originals, reports[:split], strict=True)
            if not _passed(report, name)
        ]
        survivors = [
            mutant
            for mutant, report in zip(self.mutants, reports[split:], strict=True)
            if _passed(report, mutant.exercise)
        ]
        excused = {
            (name, each.before, each.after) for each in self.equivalent for name in each.exercises
        }
        listed = [each for each in survivors if _key(each) in excused]
        lines += [f"survives: {each}" for each in survivors if _key(each) not in excused]
        stale = excused - {_key(each) for each in survivors}
        lines += [
            f"{EQUIVALENT}: {name}: {before!r} -> {after!r} is no survivor"
            for name, before, after in sorted(stale)
        ]
        made = Counter(each.exercise for each in self.mutants)
        alive = Counter(each.exercise for each in survivors)
        fine = Counter(each.exercise for each in listed)
        rows = (
            MutantRow(name, made[name], made[name] - alive[name], fine[name])
            for name, _ in self.originals
        )
        return MutantTable(tuple(rows), tuple(lines))


@dataclass(frozen=True)
class _Solution:
    """The cell of one exercise, and the notebook around it without the other exercises."""

    exercise: str
    source: str
    around: tuple[str, ...]
    position: int

    def notebook(self, source: str) -> bytes:
        """The notebook with `source` in the exercise's place."""
        cells = [*self.around]
        cells.insert(self.position, source)
        return variants.to_notebook("\n# %%\n".join(cells))


def _solutions(path: Path, asked: Sequence[str]) -> Iterator[_Solution]:
    """The solutions of the reference notebook."""
    try:
        notebook: NotebookNode = nbjson.reads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: can't be read ({error})") from None
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    names = [_defined(source).intersection(asked) for source in sources]
    for exercise in asked:
        places = [place for place, defined in enumerate(names) if exercise in defined]
        if len(places) != 1 or len(names[places[0]]) != 1:
            raise UsageError(f"{path}: {exercise} needs a cell of its own")
        rest = [(place, source) for place, source in enumerate(sources) if not names[place]]
        yield _Solution(
            exercise,
            sources[places[0]],
            tuple(source for _, source in rest),
            sum(place < places[0] for place, _ in rest),
        )


def _defined(source: str) -> set[str]:
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name for node in ast.parse(source).body if isinstance(node, kinds)}


def _mutants_of(solution: _Solution, operators: dict[str, type]) -> Iterator[Mutant]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code

    nodes = list(ast_nodes(get_ast(solution.source)))
    seen = {solution.source}
    for name, operator in operators.items():
        places = sum(len(list(operator().mutation_positions(node))) for node in nodes)
        for occurrence in range(places):
            changed = mutate_code(solution.source, operator(), occurrence)
            if changed is None or changed in seen or not _compiles(changed):
                continue
            seen.add(changed)
            before, after = _change(solution.source, changed)
            yield Mutant(solution.exercise, name, before, after, solution.notebook(changed))


def _compiles(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a mutant may look like is no concern
        try:
            compile(source, "<mutant>", "exec")
        except SyntaxError:
            return False
    return True


def _change(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, each side in one line."""
    old, new = before.splitlines(), after.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pairs = [
        ([line.strip() for line in old[a:b]], [line.strip() for line in new[c:d]])
        for kind, a, b, c, d in blocks
        if kind != "equal"
    ]
    return (
        "; ".join(line for olds, _ in pairs for line in olds),
        "; ".join(line for _, news in pairs for line in news),
    )


def _passed(report: Report, exercise: str) -> bool:
    found = next(each for each in report.exercises if each.name == exercise)
    return found.status is ExerciseStatus.PASSED


def _key(mutant: Mutant) -> tuple[str, str, str]:
    return mutant.exercise, mutant.before, mutant.after


def _read_equivalent(path: Path) -> tuple[Equivalent, ...]:
    if not path.exists():
        return ()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_EquivalentFile).equivalent
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
