"""What stands around hand-ins: nbgrader's folder of downloads, and downloads that come in parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from grader.classroom.intake.files.tree import is_work
from grader.classroom.intake.handed import HandedFile, Left
from grader.classroom.intake.systems.layouts import Layout
from grader.errors import UsageError

# downloaded/<assignment>/archive holds what was downloaded, extracted/ what nbgrader unpacked.
_EXTRACTED = re.compile(
    r"(?:(?P<above>.*?/|)downloaded/(?P<assignment>[^/]+)/)?(?P<kind>extracted|archive)/(?P<rest>.*)",
    re.DOTALL,
)
_PART = re.compile(r"(?i)(?:drive-download|onedrive|takeout)[-_].*\.zip")


@dataclass(frozen=True)
class Beside:
    """What is not looked at, and whether it was by the assignment's name."""

    left: tuple[Left, ...] = ()
    chosen: bool = False

    def and_also(self, other: Beside) -> Beside:
        """Both."""
        return Beside((*self.left, *other.left), self.chosen or other.chosen)


def extracted(files: list[HandedFile], assignment: str | None) -> tuple[list[HandedFile], Beside]:
    """What nbgrader unpacked, as if nothing stood around it; all files where there is no such.

    Raises UsageError if there are several assignments and none was named.
    """
    found = [(file, _EXTRACTED.fullmatch(file.path)) for file in files]
    inside = [(file, match) for file, match in found if match is not None]
    if not any(is_work(file) for file, _ in inside) or _is_elsewhere(files, inside):
        return files, Beside()
    names = sorted({match["assignment"] or "" for file, match in inside if is_work(file)})
    if assignment is None and len(names) > 1:
        raise UsageError(
            f"there are several assignments ({', '.join(names[:10])}); name one with"
            " --nbgrader-assignment"
        )
    if assignment is not None and assignment not in names:
        raise UsageError(f"there is no assignment {assignment!r}; there is {', '.join(names)}")
    wanted = assignment or names[0]
    unpacked = any(
        match["kind"] == "extracted" and is_work(file)
        for file, match in inside
        if (match["assignment"] or "") == wanted
    )
    kind = "extracted" if unpacked else "archive"
    kept, left = [], []
    for file, match in found:
        ours = match is not None and (match["assignment"] or "") == wanted
        if match is not None and ours and match["kind"] == kind:
            if match["rest"]:
                kept.append(replace(file, path=match["rest"]))
        elif not file.is_folder:
            reason = "is what `extracted` was unpacked from" if ours else "is beside the downloads"
            left.append(Left(file.path, reason))
    return kept, Beside(tuple(left), chosen=assignment is not None)


def _is_elsewhere(files: list[HandedFile], inside: list[tuple[HandedFile, re.Match[str]]]) -> bool:
    """Whether the class is somewhere else: collected already, or these are folders of its own."""
    if any(match["assignment"] for _, match in inside):
        return any(
            is_work(file) and re.match(r"(?:[^/]+/)?submitted/", file.path) for file in files
        )
    kinds = {match["kind"] for _, match in inside}
    tops = {file.path.partition("/")[0] for file in files}
    return kinds != {"archive", "extracted"} or tops != kinds


def has_assignments(layout: Layout) -> bool:
    """Whether the layout names assignments, of which a tree may hold several."""
    return layout in (Layout.NBGRADER, Layout.TEAMS, Layout.COCALC, Layout.PRAIRIELEARN)


def is_part(name: str) -> bool:
    """Whether the zip is a download, or a part of one, that says nothing of what is in it."""
    return _PART.fullmatch(name) is not None
