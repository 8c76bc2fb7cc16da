"""The notebook for students is the reference without its solutions, byte for byte the same."""

from __future__ import annotations

import ast
import base64
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES
from grader.authoring.notebooks.release import release, student_notebook
from grader.errors import DifferenceFound, UsageError

SOLVED = '''def area(width, height):
    """The area of a rectangle."""
    ### BEGIN SOLUTION: multiply the two
    return width * height
    ### END SOLUTION'''

STUBBED = '''def area(width, height):
    """The area of a rectangle."""
    # Write your code here: multiply the two
    raise NotImplementedError("area is not written yet: replace this line")'''


def student(reference: bytes, project: Path = Path()) -> bytes:
    """What students get of this reference."""
    return student_notebook(reference, ASSIGNMENT.sources, project)


def notebook_of(*sources: str, kind: str = "code") -> bytes:
    """A small notebook of these cells, with outputs and metadata as after a run."""
    make = getattr(nbformat.v4, f"new_{kind}_cell")
    cells = [make(source, id=f"cell-{n}") for n, source in enumerate(sources, start=1)]
    for cell in cells:
        cell.metadata = {"collapsed": True, "scrolled": False, "tags": ["mine"]}
        if kind == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text="the answer is 42\n")]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {}, "authors": ["me"]})
    return nbformat.writes(notebook).encode()


def released_cells(data: bytes) -> list[nbformat.NotebookNode]:
    """The cells of the released notebook."""
    cells: list[nbformat.NotebookNode] = nbformat.reads(student(data), 4).cells
    return cells


def test_a_solution_becomes_a_stub_that_says_what_to_do() -> None:
    """What stands around the markers stays as it is."""
    assert released_cells(notebook_of(SOLVED))[0].source == STUBBED


def test_a_class_gets_a_stub_in_each_method() -> None:
    """Each stub names its own method, so that a half-finished class says what is missing."""
    source = """class Square:
    def __init__(self, side):
        # BEGIN SOLUTION
        self.side = side
        # END SOLUTION

    def area(self):
        # BEGIN SOLUTION : side times side
        return self.side**2
        # END SOLUTION

UNIT = Square"""
    assert (
        released_cells(notebook_of(source))[0].source
        == """class Square:
    def __init__(self, side):
        # Write your code here
        raise NotImplementedError("Square.__init__ is not written yet: replace this line")

    def area(self):
        # Write your code here: side times side
        raise NotImplementedError("Square.area is not written yet: replace this line")

UNIT = Square"""
    )


def test_a_solution_outside_any_function() -> None:
    """The stub then speaks of the cell."""
    source = "### BEGIN SOLUTION\ndef area(a, b):\n    return a * b\n### END SOLUTION\n"
    stub = released_cells(notebook_of(source))[0].source
    assert 'NotImplementedError("this cell is not written yet' in stub
    assert "def area" not in stub


def test_traces_of_running_are_gone() -> None:
    """Outputs, counters and metadata stay with the author; ids and texts do not change."""
    first, second = released_cells(notebook_of(SOLVED, "print(42)"))
    assert (second.id, second.source) == ("cell-2", "print(42)")
    for cell in (first, second):
        assert (cell.outputs, cell.execution_count, cell.metadata) == ([], None, {})
    notebook = json.loads(student(notebook_of(SOLVED)))
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}


def test_the_same_reference_gives_the_same_bytes() -> None:
    """Also after the reference was run, or saved with other spacing."""
    data = notebook_of(SOLVED)
    spaced = json.dumps(json.loads(data), indent=4, sort_keys=False).encode()
    assert student(data) == student(data) == student(spaced)


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
HELPER = 'r"""A helper."""\n\nPATTERN = "a\\n"\n'


class TestBroughtAlong:
    """What would be missing where the notebook is opened alone is inside of it."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A project with a picture and a helper."""
        (tmp_path / "solutions/pictures").mkdir(parents=True)
        (tmp_path / "assignment").mkdir()
        (tmp_path / "solutions/pictures/a.svg").write_text(PICTURE)
        (tmp_path / "assignment/helper.py").write_text(HELPER)
        return tmp_path

    def released(self, folder: Path, *cells: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
        """What becomes of these cells and an exercise."""
        solved = nbformat.v4.new_code_cell(SOLVED, id="solved")
        data = nbformat.writes(nbformat.v4.new_notebook(cells=[*cells, solved])).encode()
        found: list[nbformat.NotebookNode] = nbformat.reads(student(data, folder), 4).cells
        return found

    def test_a_picture_is_the_picture_itself(self, folder: Path) -> None:
        """With the words for those who can't see it."""
        cell = nbformat.v4.new_markdown_cell("See ![a line](pictures/a.svg).", id="text")
        source = self.released(folder, cell)[0].source
        head = "See ![a line](data:image/svg+xml;base64,"
        assert source.startswith(head)
        assert base64.b64decode(source[len(head) : -2]).decode() == PICTURE

    def test_a_file_is_written_where_there_is_none(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """To the last character; one that is there stays as it is."""
        cell = nbformat.v4.new_code_cell("### EMBED helper.py\nfrom helper import PATTERN", id="h")
        source = self.released(folder, cell)[0].source
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        written = source.removesuffix("from helper import PATTERN")
        exec(written, {})
        assert Path("helper.py").read_text() == HELPER
        Path("helper.py").write_text("mine")
        exec(written, {})
        assert Path("helper.py").read_text() == "mine"

    @pytest.mark.parametrize(
        ("cell", "reason"),
        [
            (nbformat.v4.new_markdown_cell("![x](pictures/b.svg)", id="bad"), "can't be read"),
            (nbformat.v4.new_code_cell("### EMBED other.py", id="bad"), "can't be read"),
            (nbformat.v4.new_code_cell("# embed helper.py", id="bad"), "nearly one"),
            (nbformat.v4.new_code_cell("    ### EMBED helper.py", id="bad"), "nearly one"),
        ],
        ids=["no picture", "no file", "misspelt", "indented"],
    )
    def test_what_can_not_be_brought_is_refused(
        self, folder: Path, cell: nbformat.NotebookNode, reason: str
    ) -> None:
        """With the cell's name."""
        with pytest.raises(UsageError, match=reason) as caught:
            self.released(folder, cell)
        assert "cell 1 (bad)" in str(caught.value)

    def test_where_a_cell_is_shown_folded_it_stays_so(self, folder: Path) -> None:
        """All other metadata go."""
        kept = {"jupyter": {"source_hidden": True}, "cellView": "form", "_kg_hide-input": True}
        cell = nbformat.v4.new_code_cell("x = 1", id="x", metadata={**kept, "tags": ["mine"]})
        assert self.released(folder, cell)[0].metadata == kept


BAD_CELLS = {
    "an end is missing": ("### BEGIN SOLUTION\nx = 1", "line 1 has no end"),
    "a beginning is missing": ("x = 1\n### END SOLUTION", "line 2 ends a solution"),
    "nested": ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "inside another"),
    "misspelt": ("### BEGIN SOLUTION\nx = 1\n### END-SOLUTION", "line 3 is nearly a marker"),
    "behind code": ("x = 1  ### BEGIN SOLUTION\n### END SOLUTION", "line 1 is nearly a marker"),
    "in small letters": ("### begin solution\nx = 1\n### end solution", "line 1 is nearly"),
    "no Python": ("### BEGIN SOLUTION\nx = (\n### END SOLUTION", "no Python"),
    "half a statement": ("x = (1 +\n# BEGIN SOLUTION\n2)\n# END SOLUTION", "without its solution"),
}


@pytest.mark.parametrize(("source", "reason"), BAD_CELLS.values(), ids=BAD_CELLS.keys())
def test_markers_out_of_order_are_refused(source: str, reason: str) -> None:
    """The message names the cell; nothing is released that may hold a solution."""
    with pytest.raises(UsageError) as caught:
        student(notebook_of("import math", source))
    assert "cell 2 (cell-2)" in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_solution_in_a_text_cell_is_refused(kind: str) -> None:
    """It would reach the students as it is."""
    with pytest.raises(UsageError, match="only a code cell"):
        student(notebook_of(SOLVED, kind=kind))


def without_ids() -> bytes:
    """A notebook of format 4.5 whose cells have no ids."""
    notebook = json.loads(notebook_of(SOLVED))
    for cell in notebook["cells"]:
        del cell["id"]
    return json.dumps(notebook).encode()


def of_an_older_format() -> bytes:
    """A notebook of format 4.4, valid, but without ids."""
    notebook = json.loads(without_ids())
    return json.dumps(notebook | {"nbformat_minor": 4}).encode()


NO_REFERENCE = {
    "nothing to solve": (notebook_of("x = 1"), "no cell holds a solution"),
    "empty": (b"", "no valid notebook"),
    "not JSON": (b"<html>", "no valid notebook"),
    "not UTF-8": (b"\xff", "no valid notebook"),
    "a list": (b"[]", "no valid notebook"),
    "JSON of another kind": (b'{"cells": [1]}', "no valid notebook"),
    "cells without ids": (without_ids(), "an id of its own"),
    "the same id twice": (notebook_of(SOLVED, "x").replace(b"cell-2", b"cell-1"), "its own"),
    "an unknown kind of cell": (notebook_of(SOLVED).replace(b'"code"', b'"cake"'), "no valid"),
    "an older format": (of_an_older_format(), "format 4.5"),
}


@pytest.mark.parametrize(("data", "reason"), NO_REFERENCE.values(), ids=NO_REFERENCE.keys())
def test_what_is_no_reference_is_refused(data: bytes, reason: str) -> None:
    """One line, no traceback."""
    with pytest.raises(UsageError, match=reason) as caught:
        student(data)
    assert "\n" not in str(caught.value)


class TestInAProject:
    """`release` in a folder with `solutions` and `assignment`."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A project with a reference and no released notebook yet."""
        for path in (ASSIGNMENT.sources.reference, ASSIGNMENT.sources.starter):
            (tmp_path / path.parent).mkdir()
        (tmp_path / ASSIGNMENT.sources.reference).write_bytes(notebook_of(SOLVED, "print(42)"))
        return tmp_path

    def test_it_writes_and_then_agrees(self, folder: Path) -> None:
        """A second release changes nothing, not even the file's time."""
        path = release(ASSIGNMENT, folder)
        assert path == folder / ASSIGNMENT.sources.starter
        assert path.read_bytes() == student((folder / ASSIGNMENT.sources.reference).read_bytes())
        before = path.stat()
        assert release(ASSIGNMENT, folder, check=True) == release(ASSIGNMENT, folder) == path
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)

    def test_a_missing_notebook_is_noticed(self, folder: Path) -> None:
        """`check` writes nothing."""
        with pytest.raises(DifferenceFound, match="is not there"):
            release(ASSIGNMENT, folder, check=True)
        assert not (folder / ASSIGNMENT.sources.starter).exists()

    def test_a_changed_reference_is_noticed(self, folder: Path) -> None:
        """The message says where, and the stale file stays."""
        stale = release(ASSIGNMENT, folder).read_bytes()
        (folder / ASSIGNMENT.sources.reference).write_bytes(notebook_of(SOLVED, "print(43)"))
        with pytest.raises(DifferenceFound, match=r"stale \(cell 2 differs\)"):
            release(ASSIGNMENT, folder, check=True)
        assert (folder / ASSIGNMENT.sources.starter).read_bytes() == stale

    @pytest.mark.parametrize(
        ("edit", "place"),
        [
            (lambda data: data + b"\n", "the texts agree"),
            (lambda _: b"{", "no notebook"),
            (lambda _: notebook_of(STUBBED), "cell 2 differs"),
        ],
        ids=["a line end more", "no notebook at all", "a cell less"],
    )
    def test_an_edited_notebook_is_noticed(
        self, folder: Path, edit: Callable[[bytes], bytes], place: str
    ) -> None:
        """Byte for byte, whatever was done to it."""
        path = release(ASSIGNMENT, folder)
        path.write_bytes(edit(path.read_bytes()))
        with pytest.raises(DifferenceFound, match=place):
            release(ASSIGNMENT, folder, check=True)

    def test_a_folder_that_is_no_project(self, tmp_path: Path) -> None:
        """Says what is missing."""
        with pytest.raises(UsageError, match="there is no such file"):
            release(ASSIGNMENT, tmp_path)

    def test_no_folder_to_write_to(self, folder: Path) -> None:
        """Says which."""
        (folder / ASSIGNMENT.sources.starter.parent).rmdir()
        with pytest.raises(UsageError, match="assignment"):
            release(ASSIGNMENT, folder)


class TestTheAssignment:
    """The notebook that students really get."""

    @pytest.fixture
    def reference(self, project: Path) -> nbformat.NotebookNode:
        """The reference notebook."""
        return nbformat.read(project / ASSIGNMENT.sources.reference, 4)

    @pytest.fixture
    def released(self, project: Path) -> nbformat.NotebookNode:
        """The notebook in `assignment`."""
        return nbformat.read(project / ASSIGNMENT.sources.starter, 4)

    def test_it_is_fresh(self, project: Path) -> None:
        """`grader release --check` says the same in CI."""
        release(ASSIGNMENT, project, check=True)

    def test_no_line_of_a_solution_is_in_it(
        self, reference: nbformat.NotebookNode, released: nbformat.NotebookNode
    ) -> None:
        """Not in the stub's cell, nor anywhere else."""
        student = {line.strip() for cell in released.cells for line in cell.source.splitlines()}
        secret, inside = set(), False
        for line in "\n".join(cell.source for cell in reference.cells).splitlines():
            if "END SOLUTION" in line:
                inside = False
            if inside and line.strip():
                secret.add(line.strip())
            if "BEGIN SOLUTION" in line:
                inside = True
        assert len(secret) > 20
        assert not secret & student
        assert not any("SOLUTION" in line for line in student)

    def test_each_exercise_has_a_kind_stub(self, released: nbformat.NotebookNode) -> None:
        """All six names are defined at the top level, and say what is missing."""
        stubs = {}
        for cell in released.cells:
            if "# Write your code here" in cell.source:
                [definition] = ast.parse(cell.source).body
                assert isinstance(definition, ast.FunctionDef | ast.ClassDef)
                stubs[definition.name] = cell.source
        asked = [name for name in stubs if name in BY_NAME]
        assert asked == [spec.name for spec in EXERCISES]
        # And one thing to write that is not graded: a `compile` of the student's own.
        assert [name for name in stubs if name not in BY_NAME] == ["compile_with_contrastive_loss"]
        for name, source in stubs.items():
            assert f'NotImplementedError("{name}' in source
            assert "is not written yet: replace this line" in source

    def test_both_are_committed_clean(
        self, reference: nbformat.NotebookNode, released: nbformat.NotebookNode
    ) -> None:
        """No outputs, no counters; ids that tell what a cell is about."""
        for notebook in (reference, released):
            nbformat.validate(notebook)
            for cell in notebook.cells:
                assert set(cell.metadata) <= {"jupyter", "cellView", "_kg_hide-input"}
                assert bool(cell.metadata) == (cell.id == "selfcheck-import")
                assert cell.id.replace("-", "").isalpha()
                if cell.cell_type == "code":
                    assert (cell.outputs, cell.execution_count) == ([], None)
