"""From what an instructor downloaded to who handed in what.

No file is opened here but zips' own tables of contents and Gradescope's list of people.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from grader.classroom import detection, gradescope
from grader.classroom.detection import Reading, is_submission
from grader.classroom.handed import HandedFile, Handin, Intake, Left
from grader.classroom.layouts import Claim, Layout, is_notebook_name
from grader.classroom.naming import Naming
from grader.classroom.places import Folder, Listing, Zip
from grader.classroom.roster import Roster
from grader.errors import UsageError

_UPLOADED_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)(?P<suffix>\.[^.]*)?")
# Not a name that a folder can have.
_ANY = "\0"
_Claimed = tuple[HandedFile, Claim]


@contextmanager
def opened(
    path: Path,
    layout: Layout | None = None,
    *,
    assignment: str | None = None,
    output: Path | None = None,
    naming: Naming | None = None,
    roster: Roster | None = None,
) -> Iterator[Intake]:
    """All that was handed in below `path`, a folder or a zip; readable inside the `with`.

    layout: how it is laid out; found out if None.
    assignment: nbgrader's name of the assignment, where a tree holds several.
    output: where results go; a folder below `path` of that name holds no submissions.
    naming: the instructor's own pattern for whose a file is; no layout is looked for then.
    roster: under which ids the gradebook knows people.
    Raises UsageError if there is nothing to grade, or no telling what.
    """
    with _place(path, output) as place:
        listing = place.listing()
        found = _named(path, listing, naming) if naming else None
        found = found or _intake(path, listing, layout, assignment)
        yield _known(found, roster) if roster else found


def _named(path: Path, listing: Listing, naming: Naming) -> Intake:
    """As the instructor's pattern says."""
    claimed: list[_Claimed] = []
    left: list[Left] = []
    for file in _composed(listing):
        if claim := naming.claim(file.path):
            claimed.append((file, claim))
        elif file.refused or not file.is_folder:
            left.append(Left(file.path, file.refused or "is not matched by --student"))
    if not claimed:
        raise UsageError(
            f"{path}: --student {naming.pattern.pattern!r} matches none of {len(left)} files,"
            f" such as {left[0].file!r}"
            if left
            else f"{path}: holds no submissions"
        )
    handins = [_handin(student, group) for student, group in _by_student(claimed).items()]
    return Intake("named", _sorted(handins), (*listing.left, *left))


def _known(found: Intake, roster: Roster) -> Intake:
    """With the names and ids of the roster."""
    handins, told = roster.applied(found.handins)
    return replace(found, handins=tuple(handins), notices=(*found.notices, *told))


def _composed(listing: Listing) -> list[HandedFile]:
    return [replace(file, path=unicodedata.normalize("NFC", file.path)) for file in listing.files]


def _sorted(handins: Iterable[Handin]) -> tuple[Handin, ...]:
    return tuple(sorted(handins, key=lambda one: one.student))


def _place(path: Path, output: Path | None) -> Folder | Zip:
    if path.is_dir():
        if output is not None and output.resolve() == path.resolve():
            raise UsageError(f"{output}: holds the submissions; results need a folder of their own")
        return Folder(path, output)
    if not path.exists():
        raise UsageError(f"{path}: there is no such folder or zip")
    if is_notebook_name(path.name):
        raise UsageError(f"{path}: is one notebook; `grader grade` grades it")
    return Zip(path, path.name)


def _intake(path: Path, listing: Listing, layout: Layout | None, assignment: str | None) -> Intake:
    reading, files = _read(path, _composed(listing), layout)
    claimed, left = _claims(reading, files)
    found = reading.layout
    if assignment is not None and found is not Layout.NBGRADER:
        raise UsageError(f"--assignment is for nbgrader's layout, and {path} is read as {found}")
    if found is Layout.NBGRADER and claimed:
        claimed = _of_assignment(claimed, assignment)
    handins = [_handin(student, group) for student, group in _by_student(claimed).items()]
    if found is Layout.GRADESCOPE:
        lists = [file for file in files if reading.is_own(file.path)]
        handins = gradescope.with_people(handins, lists)
    if not handins:
        kind = "" if layout is None else f" in {layout}'s layout"
        raise UsageError(f"{path}: holds no submissions{kind}")
    return Intake(found, _sorted(handins), (*listing.left, *left))


def _read(
    path: Path, files: list[HandedFile], layout: Layout | None
) -> tuple[Reading, list[HandedFile]]:
    folder = path.absolute().name
    if layout is None:
        reading = detection.detected(files, folder)
    else:
        reading = detection.given(layout, files, folder)
    # The other layouts know their place, whatever folder is around it.
    nameless = reading.layout is Layout.PLAIN or reading.inside
    return reading, _unwrapped(files) if nameless and path.is_file() else files


def _unwrapped(files: list[HandedFile]) -> list[HandedFile]:
    # Who zips a folder gets a zip that holds that folder. One student's folder alone in a zip
    # looks alike, unless there is but one notebook in it and nothing below.
    tops = {file.path.partition("/")[0] for file in files}
    if len(tops) != 1 or any("/" not in file.path for file in files):
        return files
    nested = any(file.path.rstrip("/").count("/") > (not file.is_folder) for file in files)
    if not nested and sum(is_submission(file) for file in files) < 2:
        return files
    top = tops.pop() + "/"
    return [replace(file, path=file.path[len(top) :]) for file in files if file.path != top]


def _claims(reading: Reading, files: list[HandedFile]) -> tuple[list[_Claimed], list[Left]]:
    claimed: list[_Claimed] = []
    left: list[Left] = []
    for file in files:
        claim = reading.claim(file.path)
        if claim is None and file.lost:
            # nbgrader's assignments are below the student's folder, which can't be read.
            claim = reading.claim(f"{file.path}{_ANY}/")
        if claim is not None:
            claimed.append((file, claim))
        elif (file.refused or not file.is_folder) and not reading.is_own(file.path):
            left.append(Left(file.path, file.refused or "does not say whose it is"))
    return claimed, left


def _of_assignment(claimed: list[_Claimed], assignment: str | None) -> list[_Claimed]:
    names = sorted({claim.assignment for _, claim in claimed} - {_ANY})
    if assignment is None and len(names) > 1:
        shown = ", ".join(names[:10])
        raise UsageError(f"there are several assignments ({shown}); name one with --assignment")
    if assignment is not None and assignment not in names:
        raise UsageError(f"there is no assignment {assignment!r}; there is {', '.join(names)}")
    wanted = assignment or "".join(names)
    return [(file, claim) for file, claim in claimed if claim.assignment in (wanted, _ANY)]


def _by_student(claimed: Iterable[_Claimed]) -> dict[str, list[_Claimed]]:
    groups: dict[str, list[_Claimed]] = defaultdict(list)
    for file, claim in claimed:
        groups[claim.student].append((file, claim))
    return groups


def _handin(student: str, group: list[_Claimed]) -> Handin:
    latest = max(claim.version for _, claim in group)
    counted = [(file, claim) for file, claim in group if claim.version == latest]
    versions = {claim.version: claim.attempt for _, claim in group if claim.version != latest}
    earlier = [versions[one] or one or "submitted" for one in sorted(versions)]
    counted, replaced = _newest_uploads(counted)
    _, first = counted[0]
    files = tuple(
        replace(file, path=claim.rest or file.path)
        for file, claim in counted
        if file.refused or (claim.rest and not file.is_folder)
    )
    return Handin(
        student=student,
        name=first.name,
        files=files,
        late=any(claim.late for _, claim in counted),
        superseded=(*earlier, *replaced),
        ids=first.ids,
        folder=next((claim.folder for _, claim in counted if claim.folder), ""),
        timestamp=latest,
    )


def _newest_uploads(group: list[_Claimed]) -> tuple[list[_Claimed], list[str]]:
    """Without the uploads that Canvas marks as replaced: `hw.ipynb`, then `hw-1.ipynb`.

    The number is only taken for Canvas' own when the name without it is there as well;
    `part-1.ipynb` and `part-2.ipynb` are two parts.
    """
    names = {claim.rest for _, claim in group if claim.number}
    series: dict[str, list[_Claimed]] = defaultdict(list)
    kept: list[_Claimed] = []
    for file, claim in group:
        again = _UPLOADED_AGAIN.fullmatch(claim.rest)
        plain = f"{again['stem']}{again['suffix'] or ''}" if again else claim.rest
        if claim.number:
            series[plain if plain in names else claim.rest].append((file, claim))
        else:
            kept.append((file, claim))
    replaced: list[str] = []
    for uploads in series.values():
        uploads.sort(key=lambda upload: upload[1].number)
        kept.append(uploads[-1])
        replaced += [claim.rest for _, claim in uploads[:-1]]
    return kept, replaced
