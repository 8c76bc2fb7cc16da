"""Who the submissions of a Gradescope export belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import yaml

from grader.classroom.intake.handed import HandedFile, Handin
from grader.errors import UsageError

METADATA = "submission_metadata.yml"
# libyaml's loader where there is one: the other takes minutes for a large class. Text stays
# text, and no tag makes an object.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Person:
    """One submitter."""

    sid: str
    email: str
    name: str

    @property
    def id(self) -> str:
        """What tells them apart: the student number, else the address. A name does not."""
        return self.sid or self.email

    @property
    def label(self) -> str:
        """What to call them: the id, else the name."""
        return self.id or self.name


def with_people(handins: Iterable[Handin], lists: Iterable[HandedFile]) -> list[Handin]:
    """The hand-ins under their people's ids. Without metadata, under the submissions' own.

    lists: the exports' own lists of people. A file of that name can be handed in as well.
    Of two submissions of the same people the one that was made later counts.
    Raises UsageError if the metadata can't be read.
    """
    entries = {key: entry for source in lists for key, entry in _read(source).items()}
    named: dict[str, Handin] = {}
    for handin in handins:
        entry = entries.get(handin.student, {})
        people = _people(entry)
        made = _text(entry.get(":created_at"))
        one = _owned(replace(handin, timestamp=made), people)
        named[one.student] = _later(named.get(one.student), one)
    return list(named.values())


def _owned(handin: Handin, people: list[Person]) -> Handin:
    """The hand-in under its people's ids; under its own where somebody has none."""
    name = ", ".join(person.name for person in people if person.name)
    if people and all(person.id for person in people):
        handin = replace(handin, student="+".join(person.id for person in people))
    if len(people) == 1:
        ids = {**handin.ids, "sid": people[0].sid, "email": people[0].email}
        return replace(handin, name=name, ids=ids)
    return replace(
        handin,
        name=name,
        members=tuple(person.label for person in people),
        member_ids={one.sid: (one.email,) for one in people if one.sid and one.email},
    )


def _later(one: Handin | None, other: Handin) -> Handin:
    if one is None:
        return other
    first, last = sorted((one, other), key=_when)
    earlier = f"submission_{first.ids['gradescope']}"
    return replace(last, superseded=(*first.superseded, *last.superseded, earlier))


def _when(made: Handin) -> tuple[str, int]:
    return made.timestamp, int(made.ids["gradescope"])


def _read(source: HandedFile) -> dict[str, dict[str, Any]]:
    data = source.load().data
    if data is None:
        raise UsageError(f"{source.path}: is too large")
    try:
        parsed = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 -- it makes text alone
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UsageError(f"{source.path}: can't be read ({reason})") from None
    if not isinstance(parsed, dict):
        raise UsageError(f"{source.path}: is no list of submissions")
    return {str(key): value for key, value in parsed.items() if isinstance(value, dict)}


def _people(entry: dict[str, Any]) -> list[Person]:
    listed = entry.get(":submitters")
    people = [
        Person(_text(one.get(":sid")), _text(one.get(":email")), _text(one.get(":name")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]
    return sorted((person for person in people if person.label), key=lambda person: person.label)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) and value not in {"null", "~"} else ""
