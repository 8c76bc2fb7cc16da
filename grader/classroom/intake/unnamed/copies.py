"""Whose the files in one folder are, where names say it: of a Drive, of a Classroom, by hand."""

from __future__ import annotations

from collections import Counter

from grader.classroom.intake import informal


def owners(stems: list[str]) -> dict[str, tuple[str, int]]:
    """Whose files with these stems are, and which copies they are.

    `ana - hw` and `ana - hw (1)` are one student's. `hw` and `hw (1)` are two students' who gave
    their files one name: that of the exercise says nothing of anybody.
    """
    bases = {stem: informal.without_copy(stem) for stem in stems}
    count = Counter(base for base, _ in bases.values())
    titled = _titled(list(count))
    owners: dict[str, tuple[str, int]] = {}
    for stem, (base, number) in bases.items():
        crowd = count[base] > 2 and 2 * count[base] > len(stems)
        told = informal.is_personal(base) and len(count) > 1 and not crowd
        owners[stem] = (titled.get(base, base), number) if told or count[base] == 1 else (stem, 0)
    return owners


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
