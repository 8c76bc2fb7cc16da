"""Whose the files in one folder are, where names say it: of a Drive, of a Classroom, by hand."""

from __future__ import annotations

from collections import Counter

from grader.classroom.intake import informal, versions

# The first version is newer than any copy of what has no number.
_COPIES = 1000


def owners(stems: list[str]) -> dict[str, tuple[str, int]]:
    """Whose files with these stems are, and which copies they are.

    `ana - hw` and `ana - hw (1)` are one student's. `hw` and `hw (1)` are two students' who gave
    their files one name: that of the exercise says nothing of anybody.
    """
    bases = _bases(stems)
    count = Counter(base for base, _ in bases.values())
    titled = _titled(list(count))
    owners: dict[str, tuple[str, int]] = {}
    for stem, (base, number) in bases.items():
        # Beside a title that others have too it is a name, however many there are.
        crowd = count[base] > 2 and 2 * count[base] > len(stems) and base not in titled
        told = informal.is_personal(base) and len(count) > 1 and not crowd
        owners[stem] = (titled.get(base, base), number) if told or count[base] == 1 else (stem, 0)
    return owners


def again(folders: list[str]) -> dict[str, tuple[str, int | None]]:
    """Whose folders with these names are, and which copy or version, where there are several."""
    bases = _bases(folders)
    often = Counter(base for base, _ in bases.values())
    # `Kim (1)` and `Kim (2)` without a `Kim` are two people told apart.
    first = {base for base, number in bases.values() if number < 1 or number >= _COPIES}
    return {
        folder: (base, number)
        if often[base] > 1
        and base in first
        and informal.is_personal(base)
        and not informal.is_group(base)
        else (folder, None)
        for folder, (base, number) in bases.items()
    }


def _bases(stems: list[str]) -> dict[str, tuple[str, int]]:
    """The stems without marks of copies, and of versions where there is another of them.

    What most people have at the end of their names is no version: `ana_v2`, `bo_v2`.
    """
    copied = {stem: versions.without_copy(stem) for stem in stems}
    told = {stem: versions.without_version(base) for stem, (base, _) in copied.items()}
    often = Counter(name for name, _ in set(told.values()))
    return {
        stem: (name, _COPIES * number + copied[stem][1])
        if often[name] > 1 and informal.is_personal(name)
        else copied[stem]
        for stem, (name, number) in told.items()
    }


def _titled(bases: list[str]) -> dict[str, str]:
    """The people in `Ana Ruiz - Custom losses`, where most have that title behind their names."""
    for place in (1, 0):
        parts = [base.rsplit(" - ", 1) if place else base.split(" - ", 1) for base in bases]
        titles = Counter(part[place] for part in parts if len(part) > 1)
        title, often = max(titles.items(), key=lambda one: one[1], default=("", 0))
        if often > 1 and 2 * often > len(bases):
            return {
                base: part[1 - place]
                for base, part in zip(bases, parts, strict=True)
                if len(part) > 1 and part[place] == title and part[1 - place].strip()
            }
    return {}
