"""From a hand-in to the bytes that may be graded, and the words that go with them.

A student's own zips are looked into, one level deep. Which of several notebooks counts is
decided inside the wall; here is only said what there is. Other files are read only where there is
no notebook at all: then any of them may be one under another name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from grader import harmless
from grader.classroom.intake import informal
from grader.classroom.intake.files.archive import is_zip_name
from grader.classroom.intake.files.places import Zip
from grader.classroom.intake.handed import HandedFile, Handin
from grader.classroom.intake.systems.layouts import is_notebook_name
from grader.errors import ArchiveRefused, UsageError
from grader.report import ExerciseStatus, HandIn, Report, Status, SubmissionFile
from grader.submission import MAX_BYTES, Submission

MAX_CANDIDATES = 20
MAX_TOTAL_BYTES = 2 * MAX_BYTES
MAX_BESIDE, MAX_BESIDE_BYTES = 10, 4 * 2**20
_NOTE = "Handed in: "
_NOTHING = Submission.of("", b"")


@dataclass(frozen=True)
class Material:
    """What there is of one hand-in.

    candidates: the files that may be what is graded, never empty.
    beside: scripts and the like, of which one counts where no notebook has any of the work.
    notes: what people should know about the hand-in.
    unreadable: why nothing of it can be graded, through the student's doing.
    unavailable: why nothing of it could be read, through no doing of theirs.
    """

    candidates: tuple[Submission, ...]
    beside: tuple[Submission, ...] = ()
    notes: tuple[str, ...] = ()
    unreadable: str = ""
    unavailable: str = ""


@dataclass
class _Found:
    """What was read, once each; of the files whose names are `wanted`, and of zips."""

    wanted: Callable[[str], bool]
    read: list[Submission] = field(default_factory=list)
    beside: list[Submission] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    size: int = 0
    cut: bool = False

    def add(self, one: Submission) -> None:
        # The same bytes under another name are no other choice.
        if one.data is None or all(one.sha256 != other.sha256 for other in self.read):
            self.size += len(one.data or b"")
            self.read.append(one)

    def looks_beside(self, file: HandedFile) -> bool:
        """Whether it is a script or the like, and there are not too many yet."""
        few = len(self.beside) < MAX_BESIDE and file.size <= MAX_BESIDE_BYTES
        return few and not file.refused and informal.is_other_work(file.name)

    def has_room(self, size: int) -> bool:
        full = len(self.read) >= 5 * MAX_CANDIDATES
        if full or self.size + min(size, MAX_BYTES) > MAX_TOTAL_BYTES:
            self.cut = True
        return not self.cut


def of(handin: Handin) -> Material:
    """Read what was handed in, in bounded memory."""
    found = _Found(is_notebook_name)
    _read_all(handin.files, found)
    if not found.read and not found.lost:
        found.wanted = _is_other
        found.beside.clear()
        _read_all(handin.files, found)
    candidates = found.read[:MAX_CANDIDATES]
    notes = tuple(_notes(handin, found, len(candidates)))
    nothing = (_for(handin.student, _NOTHING),)
    if found.lost:
        # What could not be read may be the very notebook that counts.
        return Material(nothing, notes=notes, unavailable=found.lost[0])
    works = (
        is_notebook_name(one.file) or informal.is_other_work(one.file) for one in candidates[:1]
    )
    if candidates and (any(works) or not found.refused):
        mine, beside = (
            tuple(_for(handin.student, one) for one in some) for some in (candidates, found.beside)
        )
        return Material(mine, beside, notes)
    reason = found.refused[0] if found.refused else "No file was handed in."
    return Material(nothing, notes=notes, unreadable=reason)


def dressed(report: Report, material: Material) -> Report:
    """The report with all that is known of the hand-in in its notes and message.

    Doing it again changes nothing, so that a report that is used again can be compared.
    """
    own = report.notes[report.hand_in.notes if report.hand_in is not None else 0 :]
    notes = (*material.notes, *_choices(report, material))
    return msgspec.structs.replace(
        report,
        notes=tuple(_NOTE + note for note in notes) + own,
        message=material.unreadable or report.message,
        status=Status.UNREADABLE if material.unreadable else report.status,
        hand_in=HandIn(len(notes), _among(report, material)),
    )


def chosen(report: Report, material: Material) -> bool:
    """Whether the report is about one of the files, chosen among these very ones."""
    every = (*material.candidates, *material.beside)
    if all(report.submission != _file(one) for one in every):
        return False
    known = report.hand_in.among if report.hand_in is not None else ()
    return set(_among(report, material)) <= set(known)


def written(report: Report) -> int:
    """How many of the exercises are there, those aside that stand as in the starter."""
    return sum(
        one.status is not ExerciseStatus.MISSING and not one.unwritten for one in report.exercises
    )


def _among(report: Report, material: Material) -> tuple[SubmissionFile, ...]:
    """The files that the graded one was chosen among, so that another choice is another report."""
    candidates, beside = (
        tuple(map(_file, some)) for some in (material.candidates, material.beside)
    )
    if report.submission not in candidates or (beside and not written(report)):
        return (*candidates, *beside)
    return candidates if len(candidates) > 1 else ()


def _choices(report: Report, material: Material) -> list[str]:
    """What is said of the files that do not count."""
    graded, beside = report.submission, material.beside
    if all(graded != _file(one) for one in material.candidates):
        others = _shown(graded, (*material.candidates, *beside))
        name = harmless.one_line(graded.file)
        return [f"{name} counts, since no notebook has any of the work. Not counted: {others}"]
    told = []
    if len(material.candidates) > 1:
        told.append(_choice(graded, material.candidates))
    if beside and not written(report):
        told.append(f"beside it, none with any of the work: {_shown(graded, beside)}")
    return told


def _is_other(name: str) -> bool:
    return not is_notebook_name(name)


def _read_all(files: Iterable[HandedFile], found: _Found) -> None:
    """Read what is wanted, also out of zips."""
    for file in sorted(files, key=_interest):
        _read(file, found)


def _read(file: HandedFile, found: _Found) -> None:
    is_zip = is_zip_name(file.name)
    # Damage to what could be the work is nobody's fault; to a picture beside it, no matter.
    could_be_work = is_zip or is_notebook_name(file.name) or file.lost
    lost = found.lost if could_be_work else found.refused
    if file.refused:
        lost.append(f"{file.path}: {file.refused}")
    elif (is_zip or found.wanted(file.name)) and found.has_room(file.size):
        try:
            read = file.load()
        except ArchiveRefused as error:
            # The class' own zip: too large is the student's doing, damage is not.
            too_large = file.size > MAX_BYTES
            (found.refused if too_large else lost).append(str(error))
            return
        except UsageError as error:
            lost.append(str(error))
            return
        if is_zip:
            _look_into(read, found)
        else:
            found.add(read)
    elif found.looks_beside(file):
        with suppress(UsageError):
            found.beside.append(file.load())


def _look_into(zipped: Submission, found: _Found) -> None:
    if zipped.data is None:
        found.refused.append(f"{zipped.file}: is larger than {MAX_BYTES // 2**20} MiB")
        return
    try:
        with Zip(zipped.data, zipped.file) as place:
            listing = place.listing()
            found.refused += [f"{one.file}: {one.reason}" for one in listing.left]
            files = [file for file in listing.files if not file.is_folder]
            if not files and not listing.left:
                found.refused.append(f"{zipped.file}: holds no file that is not hidden")
            for file in sorted(files, key=_interest):
                if is_zip_name(file.name):
                    found.refused.append(f"{file.path}: is a zip inside a zip")
                elif found.wanted(file.name) and found.has_room(file.size):
                    _read_inside(file, found)
                elif found.looks_beside(file):
                    with suppress(UsageError):
                        found.beside.append(file.load())
    except ArchiveRefused as error:
        found.refused.append(str(error))


def _read_inside(file: HandedFile, found: _Found) -> None:
    try:
        found.add(file.load())
    except ArchiveRefused as error:
        found.refused.append(str(error))


def _interest(file: HandedFile) -> tuple[bool, bool, bool, int, str]:
    notebook = is_notebook_name(file.name)
    other = not is_zip_name(file.name), not informal.is_other_work(file.name)
    return (not notebook, *other, file.path.count("/"), file.path)


def _notes(handin: Handin, found: _Found, kept: int) -> Iterable[str]:
    if handin.late:
        yield "late"
    if handin.members:
        yield f"by a group: {_names(handin.members)}"
    if handin.superseded:
        yield f"more than once; the latest counts, not {_names(handin.superseded)}"
    for reason in list(dict.fromkeys(found.refused + found.lost))[:5]:
        yield f"not read: {harmless.one_line(reason)}"
    if found.cut or len(found.read) > kept:
        yield f"more files than are looked at; {kept} were"


def _choice(graded: SubmissionFile, candidates: tuple[Submission, ...]) -> str:
    shown = _shown(graded, candidates)
    what = f"{len(candidates)} files that may be the notebook; {harmless.one_line(graded.file)}"
    if not any(is_notebook_name(one.file) for one in candidates):
        return f"{what} was looked at, and none is called a notebook (.ipynb). Others: {shown}"
    return (
        f"{what} counts: it defines most of the asked names, those aside that are not written yet,"
        f" or as many as another and has more points. Not counted: {shown}"
    )


def _shown(graded: SubmissionFile, files: tuple[Submission, ...]) -> str:
    others = [one for one in files if _file(one) != graded]
    return ", ".join(f"{harmless.one_line(one.file)} ({one.sha256[:12]})" for one in others)


def _names(names: tuple[str, ...]) -> str:
    shown = ", ".join(harmless.one_line(name) for name in names[:10])
    return shown if len(names) <= 10 else f"{shown} and {len(names) - 10} more"


def _file(one: Submission) -> SubmissionFile:
    return SubmissionFile(one.file, one.sha256)


def _for(student: str, one: Submission) -> Submission:
    return Submission(one.file, one.data, one.size, one.sha256, student)
