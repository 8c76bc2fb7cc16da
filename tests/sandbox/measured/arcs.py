"""Notes which lines follow each other, in memory that a worker shares with its children.

A worker's children are killed, not ended, and may write nowhere. So what they execute is noted
in a file that the worker maps into memory before it shuts itself in: each of its children
inherits the mapping, a note is one byte stored without any system call, and it is in the file
whatever becomes of who took it. Nothing is open for that, and nothing can be read by it but
the notes. In bubblewrap the file can't be written, and no notes are taken.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Callable, Iterator
from opcode import opmap
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FILE = "arcs.bin"
# Lines from -LINES (a module, function or class is entered or left) up to LINES.
LINES = 512
_SIDE = 2 * LINES
_AREA = _SIDE * _SIDE

_RESUME = opmap["RESUME"]
_Trace = Callable[[FrameType, str, Any], Any]


def make(folder: Path) -> None:
    """Make the file for the modules in this folder."""
    with (folder / FILE).open("wb") as stream:
        stream.truncate(len(_modules(folder)) * _AREA)


def take_notes(folder: Path) -> None:
    """From now on, note what this process and its children execute of this folder."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDWR)
    except OSError:
        return
    memory = mmap.mmap(descriptor, 0)
    os.close(descriptor)
    areas = {str(path): number * _AREA for number, path in enumerate(_modules(folder))}

    def entered(frame: FrameType, _event: str, _value: Any) -> _Trace | None:
        area = areas.get(frame.f_code.co_filename)
        return None if area is None else _followed(frame, memory, area)

    sys.settrace(entered)


def noted(folder: Path) -> Iterator[tuple[Path, list[tuple[int, int]]]]:
    """Each module of the folder with its arcs, as coverage.py counts them."""
    data = (folder / FILE).read_bytes()
    for number, path in enumerate(_modules(folder)):
        area = data[number * _AREA : (number + 1) * _AREA]
        arcs, place = [], area.find(1)
        while place >= 0:
            before, after = divmod(place, _SIDE)
            arcs.append((before - LINES, after - LINES))
            place = area.find(1, place + 1)
        yield path, arcs


def _modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _followed(frame: FrameType, memory: mmap.mmap, area: int) -> _Trace:
    """Notes the lines of one frame; a generator has a new one whenever it goes on."""
    code = frame.f_code
    first = -code.co_firstlineno
    goes_on = code.co_code[frame.f_lasti + 1] != 0  # what the instruction RESUME says
    last = frame.f_lineno if goes_on else first

    def note(line: int) -> None:
        memory[area + (last + LINES) * _SIDE + line + LINES] = 1

    def step(frame: FrameType, event: str, _value: Any) -> _Trace:
        nonlocal last
        if event == "line":
            note(frame.f_lineno)
            last = frame.f_lineno
        elif event == "return" and _for_good(code, frame.f_lasti):
            note(first)
        return step

    return step


def _for_good(code: CodeType, at: int) -> bool:
    """Whether the frame is left for good, not only until a generator goes on."""
    if sys.version_info[:2] != (3, 13):
        at += 2  # there it already stands at what comes next
    return at >= len(code.co_code) or code.co_code[at] != _RESUME
