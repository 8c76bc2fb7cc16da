"""How a class was read is told where nothing is published, too."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.results import publishing
from tests.classroom.trees import Tree, take, write


def test_what_is_left_out_is_named_before_it_is_counted(tmp_path: Path) -> None:
    """With the reason, and with those notebooks that newer ones replace among the notebooks."""
    tree: Tree = {
        "ana.ipynb": "",
        "ana (1).ipynb": "",
        "cy.ipynb": "",
        "bo/.hidden.ipynb": "",
        "hw3.pdf": "",
    }
    assert publishing.reading(take(write(tmp_path / "class", tree))) == [
        "left out: hw3.pdf: does not say whose it is",
        "left out: bo/.hidden.ipynb: is hidden: its name begins with a dot",
        "read as plain: 3 hand-ins, 3 notebooks; left out: 2 files, 1 notebook among them",
    ]


def test_of_many_that_are_left_out_some_are_named(tmp_path: Path) -> None:
    """And the others counted."""
    tree = {"ana.ipynb": ""} | {f"data{number:02}.csv": "" for number in range(30)}
    lines = publishing.reading(take(write(tmp_path / "class", tree)))
    assert len(lines) == 22
    assert lines[-2:] == [
        "left out: 10 more", "read as plain: 1 hand-in, 1 notebook; left out: 30 files",
    ]  # fmt: skip
