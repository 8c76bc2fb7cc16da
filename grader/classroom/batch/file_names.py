"""What the files of students are called: safe names, and never two alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grader import harmless

_LIKE_HASHED = re.compile(r".*-[0-9a-f]{10}")


@dataclass(frozen=True)
class Names:
    """The file names of one hand-in, without suffix, for each student of a batch."""

    by_student: dict[str, str]

    @classmethod
    def of(cls, students: Iterable[str]) -> Names:
        """Safe and unique names, the same for the same students whatever the order.

        An id that is a plain name already keeps it. Any other gets part of its hash, and so do
        those that look like a name with a hash, which may be somebody else's. Of those that a
        file system that ignores case would take for one, the one in small letters keeps it.
        """
        every = {student: harmless.file_name(student) for student in students}
        like = {student: _folded(name) for student, name in every.items()}
        folded = Counter(like.values())
        named = {}
        for student, name in every.items():
            plain = name == student and not _LIKE_HASHED.fullmatch(name)
            alone = folded[like[student]] == 1 or name == like[student]
            if not plain or not alone:
                digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
                named[student] = f"{_cut(name, 120)}-{digest[:10]}"
            else:
                named[student] = name
        return cls(named)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(name: str, size: int) -> str:
    return name.encode("utf-8")[:size].decode("utf-8", "ignore")
