"""Right answers and known mistakes: files that say what the grader must make of them.

A variant is plain Python as a student would write it into cells, with a block of comments
on top in the manner of PEP 723:

    # /// variant
    # exercises = ["my_huber_loss"]
    # says = "the half of the quadratic part is missing"
    # fails = ["small_errors"]
    # diagnosis = "half-missing"
    # ///
    import tensorflow as tf

    # %% [markdown]
    # Lines like the one above part the cells.

`solutions/right` holds what must get full points. What stands in `solutions/mistakes` says
what must fail: `fails` names those checks, and all others must pass, or be skipped for want of
those; or `passes` names the checks that must pass, and all others must be lost. `may_fail`
leaves a check's outcome open, `status` is what the exercise must be ("missing", "broken"), and
`diagnosis` the id of the misconception that must be named, empty if none may be. Whole
notebooks are variants too: their block stands in a file of the same name that ends in .toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import nbformat
from nbformat.v4 import nbbase, nbjson

from grader.errors import UsageError
from grader.kit.assignment import Assignment
from grader.report import CheckStatus, Exercise, ExerciseStatus, Report, Status
from grader.words import in_words

RIGHT, MISTAKES = "right", "mistakes"

PASSED = frozenset({CheckStatus.PASSED})
SKIPPED = frozenset({CheckStatus.SKIPPED})
# What a check finds wrong by itself; one that is skipped is lost for want of others.
FAILED = frozenset(CheckStatus) - PASSED - SKIPPED

_BLOCK = re.compile(r"^# /// variant\n(?P<lines>(?:#(?: .*)?\n)*?)# ///\n", re.MULTILINE)
_CELL = re.compile(r"^# %%[ \t]*(?P<markdown>\[markdown\])?.*$", re.MULTILINE)


class _Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The block of a variant, as it is written."""

    exercises: tuple[str, ...]
    says: str
    fails: tuple[str, ...] | None = None
    passes: tuple[str, ...] | None = None
    may_fail: tuple[str, ...] = ()
    status: ExerciseStatus | None = None
    diagnosis: str | None = None


@dataclass(frozen=True)
class Expectation:
    """What must come out for each exercise of a variant.

    fails: the checks that must be failed, and no others; None if instead all must be lost except
    `passes`. A check that is skipped for want of those is lost with them, and is not named.
    open: checks that may go either way. diagnosis: None if it is not asked for.
    """

    fails: frozenset[str] | None = frozenset()
    passes: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    status: ExerciseStatus | None = None
    diagnosis: str | None = None

    def must_fail(self, check: str) -> bool:
        """Whether the check must not pass."""
        if check in self.open:
            return False
        return check not in self.passes if self.fails is None else check in self.fails

    def must_pass(self, check: str) -> bool:
        """Whether the check must pass."""
        return check not in self.open and not self.must_fail(check)

    @property
    def named(self) -> frozenset[str]:
        """All checks that it names."""
        return (self.fails or frozenset()) | self.passes | self.open


@dataclass(frozen=True)
class Variant:
    """One right answer or known mistake.

    name: its path below `solutions`, without the suffix. says: in words, what is special.
    """

    name: str
    exercises: tuple[str, ...]
    says: str
    right: bool
    expected: Expectation
    notebook: bytes


def load(assignment: Assignment, project: Path) -> tuple[Variant, ...]:
    """All variants of an assignment in the project, sorted by name.

    Raises UsageError, naming the file, if one can't be read or does not say what it must.
    """
    solutions = project / assignment.sources.solutions
    variants = []
    for folder in (RIGHT, MISTAKES):
        home = solutions / folder
        files = [path for path in home.glob("*") if path.suffix in {".py", ".ipynb"}]
        variants += [_read(path, assignment, right=folder == RIGHT) for path in sorted(files)]
    if not variants:
        raise UsageError(f"{solutions}: holds no variants; run this in the project")
    return tuple(variants)


def differences(variant: Variant, report: Report) -> tuple[str, ...]:
    """What in the report is not as the variant says: one line each, empty if all is well."""
    if report.status is not Status.GRADED:
        return (f"{variant.name}: {report.status} ({report.message})",)
    exercises = {exercise.name: exercise for exercise in report.exercises}
    found = [
        f"{variant.name}: {name}: {line}"
        for name in variant.exercises
        for line in _exercise_differences(variant, exercises[name])
    ]
    return tuple(found)


def to_notebook(source: str) -> bytes:
    """The cells of a Python file as a notebook of format 4, the same bytes each time."""
    marks = list(_CELL.finditer(source))
    starts = [0, *(mark.end() + 1 for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(source)]
    kinds = ["code", *("markdown" if mark["markdown"] else "code" for mark in marks)]
    cells = [
        _cell(kind, source[start:end].strip("\n"), number)
        for number, (kind, start, end) in enumerate(zip(kinds, starts, ends, strict=True), start=1)
    ]
    if not cells[0].source:
        del cells[0]  # nothing stood above the first mark
    text: str = nbjson.writes(nbbase.new_notebook(cells=cells))
    return text.encode() + b"\n"


def _cell(kind: str, text: str, number: int) -> nbformat.NotebookNode:
    name = f"cell-{number}"  # nbformat would make up another one each time
    if kind == "code":
        return nbbase.new_code_cell(text, id=name)
    return nbbase.new_markdown_cell(re.sub(r"^# ?", "", text, flags=re.MULTILINE), id=name)


def _read(path: Path, assignment: Assignment, *, right: bool) -> Variant:
    place = f"{path.parent.name}/{path.name}"
    try:
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
            found = _BLOCK.search(source)
            if found is None:
                raise UsageError(f"{place}: has no block between '# /// variant' and '# ///'")
            toml = re.sub(r"^# ?", "", found["lines"], flags=re.MULTILINE)
            notebook = to_notebook(source[: found.start()] + source[found.end() :])
        else:
            toml = path.with_suffix(".toml").read_text(encoding="utf-8")
            notebook = path.read_bytes()
    except FileNotFoundError:
        beside = f"{path.stem}.toml"
        raise UsageError(f"{place}: needs a file {beside} that says what to expect") from None
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{place}: can't be read ({error})") from None
    try:
        block = msgspec.toml.decode(toml, type=_Block)
        expected = _expectation(block, assignment.names, right=right)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{place}: {error}") from None
    name = f"{path.parent.name}/{path.stem}"
    return Variant(name, block.exercises, block.says, right, expected, notebook)


def _expectation(block: _Block, names: Sequence[str], *, right: bool) -> Expectation:
    """What the block asks for. Raises ValueError if that makes no sense."""
    unknown = [name for name in block.exercises if name not in names]
    if unknown or not block.exercises:
        raise ValueError(f"exercises: {unknown} is none of the {in_words(len(names))} names")
    if right:
        if block != _Block(block.exercises, block.says):
            raise ValueError("a right variant says nothing but exercises and says")
        return Expectation(diagnosis="")
    if (block.fails is None) == (block.passes is None):
        raise ValueError("a mistake has either fails or passes")
    if block.fails == ():
        raise ValueError("a mistake must fail at least one check")
    return Expectation(
        fails=None if block.fails is None else frozenset(block.fails),
        passes=frozenset(block.passes or ()),
        open=frozenset(block.may_fail),
        status=block.status,
        diagnosis=block.diagnosis,
    )


def _exercise_differences(variant: Variant, exercise: Exercise) -> list[str]:
    expected = variant.expected
    lines = [
        f"there is no check {name!r}"
        for name in sorted(expected.named - {check.name for check in exercise.checks})
    ]
    fine = PASSED if expected.fails is None or not expected.fails else PASSED | SKIPPED
    failed = FAILED if expected.fails else FAILED | SKIPPED
    lines += _wrong(exercise, expected.must_pass, fine, "should pass")
    lines += _wrong(exercise, expected.must_fail, failed, "should fail")
    if not variant.right and exercise.score >= exercise.max_score:
        lines.append("loses no point")
    if expected.status is not None and exercise.status is not expected.status:
        lines.append(f"is {exercise.status}, not {expected.status}")
    named = exercise.diagnosis.id if exercise.diagnosis else ""
    if expected.diagnosis is not None and named != expected.diagnosis:
        lines.append(f"the diagnosis is {named!r}, not {expected.diagnosis!r}")
    return lines


def _wrong(
    exercise: Exercise,
    concerned: Callable[[str], bool],
    fine: frozenset[CheckStatus],
    words: str,
) -> list[str]:
    """Checks that are concerned and did not come out as wanted."""
    return [
        f"{check.name} {words}, is {check.status} ({check.message})".removesuffix(" ()")
        for check in exercise.checks
        if concerned(check.name) and check.status not in fine
    ]
