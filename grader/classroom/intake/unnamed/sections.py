"""Which folders of a class hold people, by their names and what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from grader.classroom.intake import informal, lateness
from grader.classroom.intake.files.tree import Node


def names_people(node: Node) -> bool:
    """Whether something in it is called as people are."""
    return any(informal.is_personal(name) for name in node.units())


def may_hold_people(node: Node) -> bool:
    """Whether a folder among sections is one, and not a student's who was put beside them."""
    if names_people(node):
        return True
    return informal.is_section(node.name) or not (
        lateness.unmarked(node.name)[1] or informal.is_personal(node.name)
    )


def is_late_pile(node: Node, beside: Mapping[str, Node | None]) -> bool:
    """Whether it holds what several people handed in late, or again, and not one person's.

    beside: what stands there with something to grade, as `Node.units` has it. Unless its name is
    a person's with a mark, or with a surname that is such a word, it is a pile.
    """
    if not lateness.is_late(node.name) or not names_people(node):
        return False
    person, marked = lateness.unmarked(node.name)
    if not marked and not lateness.may_be_a_name(node.name):
        return True
    others = {name.casefold(): one for name, one in beside.items() if name != node.name}
    strangers = _strangers(node, person, [one for one in others.values() if one is not None])
    if len(strangers) != 1:
        return bool(strangers)
    if marked and person.casefold() in others:
        return False
    ((stranger, unit),) = strangers.items()
    named = lateness.is_capitalised(node.name) or marked
    if stranger.casefold() in others or not named or lateness.begins(node.name):
        return True
    # Whoever stands in it as the people beside it stand is another person.
    return {one is None for one in others.values()} == {unit is None}


def _strangers(node: Node, person: str, folders: list[Node]) -> dict[str, Node | None]:
    """What in a person's folder is called as other people are, and not as in most folders."""
    often = Counter(name.casefold() for one in folders for name in one.units())
    most = max(2, len(folders) // 2 + 1)
    return {
        name: unit
        for name, unit in node.units().items()
        if informal.is_personal(name)
        and not informal.belongs_to(name, person)
        and often[name.casefold()] < most
    }


def named_after_work(folders: list[Node]) -> list[Node]:
    """Those called as an exercise is, with several people's files: `hw3`, beside a solution."""
    return [
        one
        for one in folders
        if not informal.is_personal(one.name)
        and informal.is_of_work(one.name)
        and sum(map(informal.is_personal, one.units())) > 1
    ]


def are_sections(folders: list[Node]) -> bool:
    """Whether folders side by side are sections of a class: their contents are called as people."""
    units = {one.path: one.units() for one in folders}
    often = Counter(name.casefold() for one in units.values() for name in one)
    most = max(2, (len(folders) + 1) // 2)
    own: dict[str, list[str]] = {}
    for one in folders:
        own[one.path] = [
            name
            for name in units[one.path]
            if informal.is_personal(name)
            and often[name.casefold()] < most
            and not informal.belongs_to(name, one.name)
        ]
    enough = len(folders) // 2 + 1
    if all(informal.is_section(one.name) for one in folders):
        # With a word for it, two sections may have people of the same names.
        named = [one.path for one in folders if informal.is_section_word(one.name)]
        named = [path for path in named if _differ(units[path], often, most)]
        return sum(bool(own[one.path]) or one.path in named for one in folders) >= enough
    several = sum(len(own[one.path]) > 1 for one in folders)
    if all(informal.is_section(one.name) or informal.is_group(one.name) for one in folders):
        return several >= enough
    all_units = sum(len(one) for one in units.values())
    return (
        len(folders) > 1
        and several >= enough
        and 10 * sum(map(len, own.values())) >= 7 * all_units
        and not any(count >= most for count in often.values())
        and all(_alike(one) for one in folders)
    )


def hold_sections(folders: list[Node]) -> bool:
    """Whether there are sections in each of them: terms with their groups, days with their rooms.

    A student has folders too, with notebooks in them that have names of their own.
    """
    inside = [
        [below for below in one.folders.values() if next(below.work(), None) is not None]
        for one in folders
    ]
    every = [below for some in inside for below in some]
    if len(folders) < 2 or not all(inside) or len(every) < len(folders) + 1:
        return False
    if any(None in one.units().values() for one in folders):
        return False
    told = all(informal.is_section(one.name) or informal.is_group(one.name) for one in every)
    crowded = sum(
        sum(
            informal.is_personal(name) and not informal.belongs_to(name, one.name)
            for name in below.units()
        )
        > 1
        for one, some in zip(folders, inside, strict=True)
        for below in some
    )
    nameless = not any(informal.is_personal(one.name) for one in folders)
    return (told or nameless) and 2 * crowded > len(every) and are_sections(every)


def _alike(node: Node) -> bool:
    """Whether its folders hold files of the same names, or of their own, as several people's do."""
    inside = [one for one in node.units().values() if one is not None]
    if len(inside) < 2:
        return True
    own = sum(
        any(
            informal.belongs_to(file.name, one.name)
            or informal.stem(file.name).casefold() == one.name.casefold()
            for file in one.work()
        )
        for one in inside
    )
    often = Counter(
        name.casefold()
        for one in inside
        for name in {informal.stem(file.name) for file in one.work()}
    )
    return 2 * max(own, *often.values()) > len(inside)


def _differ(units: Iterable[str], often: Counter[str], most: int) -> bool:
    """Whether they are people's, or at least no other folder has most of the same."""
    names = list(units)
    rare = sum(often[name.casefold()] < most for name in names)
    return any(map(informal.is_personal, names)) or rare > 1
