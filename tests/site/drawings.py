"""The drawings of the site, made anew in every build: of the import contracts and of the rubric."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from grader.assignments.custom_losses import ASSIGNMENT
from grader.judging import rubric_table
from grader.kit import parts as rubric_parts
from grader.kit.exercises import Kind
from tests import house

_WIDE, _LINE, _GAP = 960, 17, 10
_OUTSIDE, _INSIDE, _GROUND = ("#e8f0fa", "#2f6db5"), ("#fbeaea", "#b23a3a"), ("#f0f0ec", "#77776f")
_COLOURS = ("#1f5fa8", "#c2541d", "#6b4fa0", "#2f7d4f", "#a87a00", "#7a7a7a", "#1d8a99")
_STYLE = (
    "text { font: 14px sans-serif; fill: #1c1c1c } .name { font-weight: bold } "
    ".soft { fill: #555; font-size: 12px } .on { fill: #fff; font-size: 12px }"
)


def house_and_wall() -> str:
    """The rooms, each above what it may import, and the wall between those trusted and not."""
    floors = house.layers()
    top, inside = floors["grader"][:-1], floors["grader.worker"]
    parts: list[str] = []
    at = 24
    parts.append(_text(0, at, "outside the wall: trusted, reads no byte of a submission", "soft"))
    at += _GAP
    for floor in top:
        drawn, at = _floor(floor, at, _OUTSIDE)
        parts += drawn
    crossing = " and ".join(room.rsplit(".", 1)[1] for room in _known_on_both_sides())
    parts.append(f'<path d="M0 {at + 8} H{_WIDE}" stroke="{_INSIDE[1]}" stroke-width="4"'
                 ' stroke-dasharray="14 7"/>')  # fmt: skip
    told = f"the wall: a submission and tensors go in, arrays come back, as {crossing} have it"
    parts.append(_text(0, at + 32, told, "soft"))
    at += 32 + _GAP
    for floor in inside:
        drawn, at = _floor(floor, at, _INSIDE)
        parts += drawn
    told = "behind the wall: trusted with nothing, knows nothing of what is outside"
    parts.append(_text(0, at + 12, told, "soft"))
    at += 40
    names = ", ".join(one.rsplit(".", 1)[1] for one in house.ground())
    told = f"what every room outside may know: {names}"
    drawn, at = _box(0, at, _WIDE, "", told, _GROUND)
    return _svg([*parts, *drawn], at)


def parts_of_a_mark() -> str:
    """Of a function, a wrapper and a class: how much of the exercise each part is worth."""
    rows = rubric_table(ASSIGNMENT)
    kept: list[str] = []
    at = 10
    left, wide = 90, _WIDE - 90
    for kind in Kind:
        of_kind = [spec for spec in ASSIGNMENT.exercises if spec.kind is kind]
        names = {spec.name for spec in of_kind}
        whole = sum(spec.points for spec in of_kind)
        kept.append(_text(0, at + 27, kind.value, "name"))
        start = float(left)
        for part, colour in zip(rubric_parts.PARTS, _COLOURS, strict=True):
            worth = sum(row.points for row in rows if row.exercise in names and row.part == part)
            if not worth:
                continue
            size = wide * worth / whole
            kept.append(
                f'<rect x="{start:.1f}" y="{at}" width="{size - 2:.1f}" height="42" rx="3"'
                f' fill="{colour}"/>'
            )
            kept.append(_text(start + 6, at + 18, part if size > 7 * len(part) + 8 else "", "on"))
            kept.append(_text(start + 6, at + 34, f"{100 * worth / whole:.0f} %", "on"))
            start += size
        at += 54
    for place, (part, colour) in enumerate(zip(rubric_parts.PARTS, _COLOURS, strict=True)):
        x = left + place * wide / len(rubric_parts.PARTS)
        kept.append(f'<rect x="{x:.1f}" y="{at}" width="12" height="12" fill="{colour}"/>')
        kept.append(_text(x + 18, at + 11, part, "soft"))
    return _svg(kept, at + 20)


def _known_on_both_sides() -> list[str]:
    """The rooms of the worker that the judge's side may import."""
    (contract,) = (one for one in house.contracts() if "two message formats" in str(one["name"]))
    rooms = [room for floor in house.layers()["grader.worker"] for room in floor]
    return [room for room in rooms if room not in contract["forbidden_modules"]]


def _floor(rooms: list[str], top: int, colours: tuple[str, str]) -> tuple[list[str], int]:
    """The rooms of one floor side by side, and where the floor ends."""
    wide = (_WIDE - _GAP * (len(rooms) - 1)) // len(rooms)
    drawn: list[str] = []
    ends = []
    for place, room in enumerate(rooms):
        name = room.rsplit(".", 1)[1]
        box, end = _box(place * (wide + _GAP), top, wide, name, house.about(room), colours)
        drawn += box
        ends.append(end)
    return drawn, max(ends)


def _box(
    x: int, top: int, wide: int, name: str, about: str, colours: tuple[str, str]
) -> tuple[list[str], int]:
    lines = textwrap.wrap(about.replace("`", ""), max(20, (wide - 24) // 7))
    tall = 12 + _LINE * (len(lines) + bool(name))
    fill, edge = colours
    drawn = [
        (
            f'<rect x="{x}" y="{top}" width="{wide}" height="{tall}" rx="5" fill="{fill}"'
            f' stroke="{edge}"/>'
        )
    ]
    at = top + 20
    if name:
        drawn.append(_text(x + 12, at, name, "name"))
        at += _LINE
    for line in lines:
        drawn.append(_text(x + 12, at, line, "soft"))
        at += _LINE
    return drawn, top + tall + _GAP


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(text)}</text>'


def _svg(parts: list[str], tall: int) -> str:
    return "\n".join(_wrapped(parts, tall)) + "\n"


def _wrapped(parts: list[str], tall: int) -> Iterator[str]:
    box = f"-12 0 {_WIDE + 24} {tall + 6}"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{_WIDE + 24}">'
    yield f"<style>{_STYLE}</style>"
    yield f'<rect x="-12" y="0" width="{_WIDE + 24}" height="{tall + 6}" fill="#fff"/>'
    yield from parts
    yield "</svg>"


DRAWINGS = {"house": house_and_wall, "parts": parts_of_a_mark}
