"""What was handed in, before anybody has looked inside: files, where, and whose."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from grader.class_results import Absent
from grader.classroom.intake.claims import is_notebook_name
from grader.submission import Submission


class Place(Protocol):
    """Where files are: a folder or a zip."""

    def load(self, key: int | str, name: str) -> Submission:
        """The file as a submission, its bytes read once and in bounded memory.

        Raises UsageError (ArchiveRefused for zips) if that can't be done.
        """

    def raw(self, key: int | str, limit: int) -> Path | bytes:
        """Where the file is on disk, or its bytes. Raises UsageError as `load`."""


@dataclass(frozen=True)
class HandedFile:
    """One file.

    path: inside what was handed in, with "/" between folders; ends in "/" for a folder.
    size: in bytes, as the folder or zip says.
    refused: why its bytes will not be read; empty if they will.
    key: how its place finds it again.
    lost: whether it is this machine that can't read it, and with it perhaps the work itself.
    found_at: where it was found in the class, once its path is that in its hand-in.
    """

    path: str
    size: int
    place: Place
    key: int | str
    refused: str = ""
    lost: bool = False
    found_at: str = ""

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path.endswith("/")

    def load(self) -> Submission:
        """Its bytes. Raises UsageError if they can't be read."""
        return self.place.load(self.key, self.name)


@dataclass(frozen=True)
class Left:
    """A file that belongs to nobody or will not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Handin:
    """All that one student, or one group, handed in.

    student: the id in reports and tables; unique within a batch.
    name: the person's name as the layout has it; may be empty.
    files: the files of the attempt that counts.
    late: whether the layout says that it came late.
    superseded: the names of what an attempt that came later replaces. earlier: the files of it.
    members: the ids of the people of a group; empty for one person. member_ids: under which other
    ids each of them is known.
    ids: the ids under which other systems know it, such as {"canvas": "340934"}; member_systems:
    the same for each member.
    folder: the name that Moodle gave to the folder; feedback goes back under it.
    """

    student: str
    name: str = ""
    files: tuple[HandedFile, ...] = ()
    late: bool = False
    superseded: tuple[str, ...] = ()
    earlier: tuple[HandedFile, ...] = ()
    members: tuple[str, ...] = ()
    member_ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    folder: str = ""
    timestamp: str = ""
    member_systems: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """Everything found in SUBMISSIONS.

    layout: the name of the layout. handins: sorted by student.
    left: files that nobody is graded for, each with the reason.
    notices: what whoever grades has to know of how the class was read, a line each.
    absent: the people of the roster who handed in nothing.
    """

    layout: str
    handins: tuple[Handin, ...]
    left: tuple[Left, ...] = ()
    notices: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def notebooks(self) -> int:
        """How many notebooks are somebody's, those that newer ones replace among them."""
        files = (file for one in self.handins for file in (*one.files, *one.earlier))
        return sum(is_notebook_name(file.name) for file in files)
