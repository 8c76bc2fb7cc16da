"""People of one name in a class that no system named: the same person again, or another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.claims import Claim
from grader.classroom.intake.handed import HandedFile

_SHOWN = 3
_Words = frozenset[str]


@dataclass(frozen=True)
class Place:
    """Folders that hold people, from the outermost. piles: those that hold what came late."""

    above: tuple[str, ...]
    piles: tuple[str, ...] = ()

    @property
    def section(self) -> tuple[str, ...]:
        """The folders that aren't piles."""
        return tuple(name for name in self.above if name not in self.piles)

    @property
    def told(self) -> frozenset[str]:
        """What the names of its piles say besides: of which section, `A late`."""
        words = (word for name in self.piles for word in lateness.without_lateness(name))
        return frozenset(words)

    def below(self, name: str) -> Place:
        """A folder in it that holds people."""
        piles = (*self.piles, name) if lateness.is_late(name) else self.piles
        return Place((*self.above, name), piles)


@dataclass
class Person:
    """Who was found: by which name, where, and with what."""

    name: str
    place: Place
    late: bool
    claimed: list[tuple[HandedFile, Claim]]


def apart(
    people: Sequence[Person], *, merge: bool = True
) -> tuple[list[tuple[HandedFile, Claim]], list[str]]:
    """The claims under ids of which each is one person's, and what to tell of those alike.

    A late pile holds what people hand in again. Elsewhere the same name is another person, who
    is told apart by the folder. merge: whether what came late replaces what was in time.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        by_name[one.name].append(one)
    # What is around all tells nobody apart.
    places = [one.place.above for one in people]
    around = 0
    while len({place[: around + 1] for place in places}) == 1 and around < len(places[0]):
        around += 1
    sections = {_words(name) for one in people for name in one.place.section} - {_words("")}
    claimed: list[tuple[HandedFile, Claim]] = []
    told: list[str] = []
    for name, alike in by_name.items():
        persons = _persons(alike, sections)
        for same in persons:
            again = merge and len(same) > 1 and any(one.late for one in same)
            first = min(same, key=lambda one: len(one.place.piles)).place.above
            student = "/".join((*first[around:], name)) if len(persons) > 1 and first else name
            for one in same:
                where = "/".join(one.place.above[around:])
                claimed += [
                    (file, _as(claim, student, one, where, again=again))
                    for file, claim in one.claimed
                ]
        if len(persons) > 1:
            told.append(f"{len(persons)} are called {name}, and are told apart by their folders")
    return claimed, _short(told)


def _persons(alike: list[Person], sections: set[_Words]) -> list[list[Person]]:
    """Those of one name, by who is the same.

    Who is in a late pile is the one beside it, or in the sections beside it, if there is but one.
    """
    outside: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for one in alike:
        if not one.place.piles:
            outside[one.place.above].append(one)
    piled: dict[tuple[tuple[str, ...], frozenset[_Words]], list[Person]] = defaultdict(list)
    for one in alike:
        if one.place.piles:
            told = one.place.told
            named = frozenset(
                words for words in sections if told and (words <= told or told <= words)
            )
            piled[one.place.section, named].append(one)
    persons = dict(outside)
    strangers = []
    for (section, named), late in piled.items():
        near = [place for place in outside if _is_within(section, place)]
        if named:
            near = [
                place
                for place in near
                if any(_words(name) in named for name in place if name not in section)
            ]
        elif section in near:
            near = [section]
        if len(near) == 1:
            persons[near[0]] = [*persons[near[0]], *late]
        else:
            strangers.append(late)
    return [*persons.values(), *strangers]


def _is_within(section: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether all folders of the one are among those of the other, in their order."""
    folders = iter(place)
    return all(name in folders for name in section)


def _words(name: str) -> _Words:
    return frozenset(informal.words(name))


def _as(claim: Claim, student: str, one: Person, where: str, *, again: bool) -> Claim:
    version = f"{int(one.late)} {claim.version}" if again else claim.version
    attempt = claim.attempt
    if again and not attempt:
        attempt = f"in {where}/" if where else "the one in time"
    return replace(
        claim,
        student=student,
        name=one.name,
        late=claim.late or one.late,
        version=version,
        attempt=attempt,
    )


def _short(told: list[str]) -> list[str]:
    more = len(told) - _SHOWN
    return told if more <= 0 else [*told[:_SHOWN], f"and {more} more names are of several people"]
