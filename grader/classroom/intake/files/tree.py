"""The folders and files of a class that no system named, as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from grader.classroom.intake import informal, versions
from grader.classroom.intake.claims import is_notebook_name
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.handed import HandedFile

# The files in a zip that stands among others, under its own path; None if it can't be looked into.
Peek = Callable[[HandedFile], "list[HandedFile] | None"]


@dataclass
class Node:
    """A folder, or a zip that is looked into like one.

    entry: what the listing says of it itself. zipped: the zip that it is.
    """

    name: str
    path: str
    files: dict[str, HandedFile] = field(default_factory=dict)
    folders: dict[str, Node] = field(default_factory=dict)
    entry: HandedFile | None = None
    zipped: HandedFile | None = None

    def everything(self) -> Iterator[HandedFile]:
        """All that is in it, and its own entry."""
        if self.entry is not None:
            yield self.entry
        yield from self.files.values()
        for folder in self.folders.values():
            yield from folder.everything()

    def rest(self) -> Iterator[HandedFile]:
        """All files in it, and folders that can't be read."""
        return (file for file in self.everything() if file.refused or not file.is_folder)

    def work(self) -> Iterator[HandedFile]:
        """What in it may be graded."""
        return (file for file in self.everything() if is_work(file))

    def units(self) -> dict[str, Node | None]:
        """What stands in it with something to grade, by name: folders, and files (None)."""
        found: dict[str, Node | None] = {
            versions.without_copy(informal.stem(name))[0]: None
            for name, file in self.files.items()
            if is_work(file)
        }
        for name, folder in self.folders.items():
            if next(folder.work(), None) is not None:
                found.setdefault(name, folder)
        return found


def is_work(file: HandedFile) -> bool:
    """Whether the file may be somebody's work, by its name."""
    return not file.is_folder and (
        is_notebook_name(file.name)
        or is_zip_name(file.name)
        or informal.is_other_work(file.name)
        or informal.is_closed(file.name)
    )


def grown(files: Iterable[HandedFile], start: str = "") -> Node:
    """The tree of the files whose paths begin with `start`, seen from there."""
    root = Node("", start)
    for file in files:
        *above, name = file.path.removeprefix(start).rstrip("/").split("/")
        node = root
        for part in above:
            node = _child(node, part)
        if file.is_folder:
            _child(node, name).entry = file
        else:
            node.files[name] = file
    return root


def of_zip(zipped: HandedFile, files: Iterable[HandedFile]) -> Node:
    """A zip as a folder of its name. files: under paths that begin with the zip's own."""
    node = grown(files, f"{zipped.path}/")
    node.name, node.zipped = informal.stem(zipped.name), zipped
    # Who zips a folder gets a zip that holds that folder.
    while not node.files and len(node.folders) == 1:
        (only,) = node.folders.values()
        if only.name.casefold() != node.name.casefold():
            break
        node.path, node.files, node.folders = only.path, only.files, only.folders
    return node


def _child(node: Node, name: str) -> Node:
    if name not in node.folders:
        node.folders[name] = Node(name, f"{node.path}{name}/")
    return node.folders[name]
