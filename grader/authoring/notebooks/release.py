"""Makes the notebook for students out of the reference notebook.

The reference notebook is the only source: text, exercises and solutions are written there.
Releasing takes the solutions out, and the traces of running (outputs, counters, metadata), and
puts in what the notebook brings along (`embedding`), and the self-check of the public checks
(`selfcheck`). The same reference and checks always give the same bytes.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import nbjson

from grader import files
from grader.authoring.notebooks import selfcheck
from grader.authoring.notebooks.embedding import EmbeddingError, with_files, with_pictures
from grader.authoring.notebooks.selfcheck import PublicCheck
from grader.authoring.notebooks.stubs import MarkerError, has_markers, without_solutions
from grader.errors import DifferenceFound, UsageError
from grader.kit.assignment import Assignment, Sources

# Where a cell is shown folded: JupyterLab, Colab and Kaggle each have a word for it.
_KEPT = ("jupyter", "cellView", "_kg_hide-input")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def release(assignment: Assignment, project: Path, *, check: bool = False) -> Path:
    """Write an assignment's notebook for students into the project, and return its path.

    With `check` nothing is written. Raises DifferenceFound if the file is then missing or
    stale, UsageError if the reference is not there or can't be released, and FaultError if the
    checks are not in order.
    """
    sources = assignment.sources
    path = project / sources.starter
    reference = _read_reference(project / sources.reference)
    checks = selfcheck.public_checks(assignment)
    fresh = student_notebook(reference, sources, project, checks)
    current = path.read_bytes() if path.is_file() else None
    if check:
        _compare(current, fresh, sources.starter)
    elif current != fresh:
        files.ensure_writable(path)
        files.write(path, fresh)
    return path


def student_notebook(
    reference: bytes,
    sources: Sources,
    project: Path = Path(),
    checks: tuple[PublicCheck, ...] = (),
) -> bytes:
    """The reference notebook without solutions, outputs, counters and needless metadata.

    sources: where both are. project: where the pictures and files are that it brings along; here
    without one. checks: the public ones, which the self-check tries.
    Raises UsageError if it is no notebook of format 4.5 or later, holds no solution, if the markers
    of a cell are not in order (the message names the cell), or if it has no cell for a
    self-check that is to be there.
    """
    name = sources.reference.name
    notebook = _parse(reference, name)
    found = tried = False
    for number, cell in enumerate(notebook.cells, start=1):
        place = f"{name}, cell {number} ({cell.id})"
        marked = has_markers(cell.source)
        # Before anything is put in: a file that the notebook brings along may say what it likes.
        tries = cell.cell_type == "code" and _asks_for_selfcheck(cell.source, place)
        if marked and cell.cell_type != "code":
            raise UsageError(f"{place}: only a code cell may hold a solution")
        if marked:
            try:
                cell.source = without_solutions(cell.source)
            except MarkerError as error:
                raise UsageError(f"{place}: {error}") from None
            found = True
        try:
            if cell.cell_type == "markdown":
                cell.source = with_pictures(cell.source, (project / sources.reference).parent)
            elif cell.cell_type == "code":
                cell.source = with_files(cell.source, (project / sources.starter).parent)
        except EmbeddingError as error:
            raise UsageError(f"{place}: {error}") from None
        kept = {key: cell.metadata[key] for key in _KEPT if key in cell.metadata}
        if tries:
            cell.source = _selfcheck(checks, place)
            kept, tried = selfcheck.FOLDED, True
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if not found:
        raise UsageError(f"{name}: no cell holds a solution between markers")
    if checks and not tried:
        raise UsageError(
            f"{name}: there are public checks, and no place for them; write {selfcheck.LINE} into a"
            " code cell of its own"
        )
    notebook.metadata = nbformat.from_dict(_METADATA)
    text: str = nbjson.writes(notebook)
    return text.encode() + b"\n"


def _asks_for_selfcheck(source: str, place: str) -> bool:
    try:
        return selfcheck.asked_for(source)
    except ValueError as error:
        raise UsageError(f"{place}: {error}") from None


def _selfcheck(checks: tuple[PublicCheck, ...], place: str) -> str:
    if not checks:
        raise UsageError(
            f"{place}: no check is public, so there is nothing to try; mark one with"
            " @pytest.mark.public, or delete the cell"
        )
    try:
        return selfcheck.cell(checks)
    except ValueError as error:
        raise UsageError(f"{place}: {error}") from None


def _read_reference(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; run this in the project") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})") from None


def _parse(reference: bytes, name: str) -> NotebookNode:
    """The notebook in the bytes, validated strictly."""
    try:
        notebook = nbjson.reads(reference.decode())
        if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
            raise UsageError(f"{name}: must be in format 4.5, whose cells have ids")
        # nbformat would make ids up, at random, so that no two releases were the same.
        ids = [cell.get("id") for cell in notebook.cells]
        if None in ids or len(set(ids)) < len(ids):
            raise UsageError(f"{name}: each cell must have an id of its own")
        nbformat.validate(notebook)
    except (nbformat.ValidationError, ValueError, TypeError, AttributeError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{name}: is no valid notebook ({reason})") from None
    return notebook


def _compare(current: bytes | None, fresh: bytes, released: Path) -> None:
    """Raise DifferenceFound unless the file's bytes are the fresh ones."""
    if current is None:
        raise DifferenceFound(f"{released} is not there; `grader release` makes it")
    if current != fresh:
        place = _first_difference(current, fresh)
        raise DifferenceFound(f"{released} is stale ({place}); `grader release` renews it")


def _first_difference(current: bytes, fresh: bytes) -> str:
    """Where the file first differs, in words."""
    try:
        old = [(cell["id"], cell["source"]) for cell in json.loads(current)["cells"]]
    except (ValueError, TypeError, KeyError):
        return "it is no notebook with cell ids"
    new = [(cell["id"], cell["source"]) for cell in json.loads(fresh)["cells"]]
    for number, (before, after) in enumerate(zip_longest(old, new), start=1):
        if before != after:
            return f"cell {number} differs"
    return "the texts agree, something around them differs"
