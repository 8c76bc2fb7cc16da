"""What is left of a tree when something in it is hidden. The walls themselves: tests/sandbox."""

from __future__ import annotations

from pathlib import Path

from grader.worker.walls.landlock import without


def grow(root: Path, *names: str) -> None:
    """Make these files."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def test_nothing_hidden_leaves_the_tree_whole(tmp_path: Path) -> None:
    """One rule is enough then."""
    grow(tmp_path, "a/b")
    assert without(tmp_path, []) == [tmp_path]
    assert without(tmp_path, [tmp_path.parent / "elsewhere"]) == [tmp_path]


def test_only_the_way_down_is_taken_apart(tmp_path: Path) -> None:
    """Siblings stay whole trees, however large."""
    grow(tmp_path, "keras/losses/losses.py", "keras/losses/loss.py", "keras/ops/x.py", "numpy/y.py")
    left = without(tmp_path, [tmp_path / "keras/losses/losses.py"])
    names = [str(path.relative_to(tmp_path)) for path in left]
    assert names == ["keras/losses/loss.py", "keras/ops", "numpy"]


def test_several_hidden_things(tmp_path: Path) -> None:
    """Files and folders alike."""
    grow(tmp_path, "grader/hidden.py", "keras/a.py", "keras/b.py", "keras/c/d.py")
    left = without(tmp_path, [tmp_path / "grader", tmp_path / "keras/a.py", tmp_path / "keras/c"])
    assert [path.name for path in left] == ["b.py"]


def test_a_tree_inside_something_hidden_was_asked_for(tmp_path: Path) -> None:
    """The worker's own folder lies in the grader's, which is hidden."""
    grow(tmp_path, "grader/worker/wire.py")
    worker = tmp_path / "grader/worker"
    assert without(worker, [tmp_path / "grader"]) == [worker]
