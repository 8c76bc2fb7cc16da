"""Help for a student whose name is not found: where it may be, and what to do."""

from __future__ import annotations

import ast
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator

from ...wire import Spot
from ..cells.python_cells import Problem
from .finding import BrokenDefinition, View, is_deletion, line_of_definition, missing_module
from .linking import bound
from .outline import Unit

Hint = tuple[Spot | None, str]

# Comparing names is slow, and nobody misspells in ten thousand ways.
_MAX_CANDIDATES = 2000
_MAX_LENGTH = 80
_ALIKE = 0.8


def broken(name: str, definition: BrokenDefinition) -> str:
    """Why a name whose definition is not valid Python is not there."""
    cell, problem = definition.spot.cell, definition.problem
    if definition.whole_cell:
        said = f"Cell {cell} is not valid Python: {problem} `{name}` is defined there."
    else:
        said = f"The definition of `{name}` in cell {cell} is not valid Python: {problem}"
    return f"{said} {_advice(problem)}".rstrip()


def _advice(problem: Problem) -> str:
    """What to look at in the line that the compiler names."""
    for pattern, words in _ADVICE.items():
        if re.search(pattern, problem.message):
            return words
    return ""


_ADVICE = {
    r"tabs": (
        "Some lines begin with tabs there and others with spaces, which look alike. Delete what "
        "stands before the line, and type it with spaces."
    ),
    r"outside function|indent": "Look at how far that line is indented, and where it belongs.",
    r"expected ':'": "What stands at the end of a line that begins a block?",
    r"never closed|unmatched|does not match|closing parenthesis": "Count the brackets there.",
    r"string literal": "Look for a quote that is missing, or one too many.",
    r"non-printable|invalid character": "Type the line anew: it holds a sign of another kind.",
    r"forgot a comma|invalid syntax": (
        "Go through that line sign by sign: does it begin as it should, and is something missing "
        "between two of its parts?"
    ),
}


def missing(view: View, name: str) -> Hint:
    """The likeliest reason why a name is bound nowhere, and its place if it has one."""
    reasons: tuple[Callable[[View, str], Hint | None], ...] = (
        _deleted,
        _another_language,
        _not_importable,
        _unreadable,
        _under_magic,
        _not_code,
        _nested,
        _commented_out,
        _misspelled,
        _behind_star,
        _only_used,
    )
    for reason in reasons:
        if hint := reason(view, name):
            return hint
    return None, f"No cell of the notebook defines `{name}`."


def _deleted(view: View, name: str) -> Hint | None:
    binders = view.links.binders(name)
    if not binders or not is_deletion(binders[-1], name):
        return None
    spot = Spot(binders[-1].cell, binders[-1].line)
    return spot, f"`{name}` is deleted in cell {spot.cell}, line {spot.line}. Leave the `del` out."


def _another_language(view: View, name: str) -> Hint | None:
    language = view.notebook.language
    if not language:
        return None
    return None, (
        f"The notebook is one for {language}, as its kernel says, and the exercises are in Python: "
        f"`{name}` is not there. Choose a Python kernel, and write it in Python."
    )


def _not_importable(view: View, name: str) -> Hint | None:
    for unit in reversed(view.links.binders(name)):
        if module := missing_module(unit):
            return Spot(unit.cell, unit.line), (
                f"Cell {unit.cell} imports `{name}` from `{module}`, which is not there when "
                "grading. Define it in the notebook itself."
            )
    return None


def _unreadable(view: View, name: str) -> Hint | None:
    """A line that defines it for a person, and that Python can't read."""
    pattern = re.compile(
        rf"^(?P<before>[^\n\w]{{0,12}}(?:\d{{1,4}}[^\n\w]{{1,4}})?)(?P<head>def|class)?"
        rf"(?P<between>[^\n\w]{{0,4}}|_{{1,2}}){re.escape(name)}[ \t]*[(:]",
        re.MULTILINE,
    )
    for cell in view.cells:
        match = pattern.search(cell.text) if cell.problem or cell.statements else None
        if match is None or not (match["head"] or match["before"].strip()):
            continue
        spot = Spot(cell.number, cell.text.count("\n", 0, match.start()) + 1)
        if why := _why_unreadable(match):
            where = f"cell {spot.cell}, line {spot.line}"
            return spot, f"Python can't read the line that defines `{name}` ({where}): {why}"
    return None


def _why_unreadable(match: re.Match[str]) -> str:
    before, between = match["before"], match["between"]
    first = before.strip(" \t")
    if any(not each.isprintable() or unicodedata.category(each) == "Zs" for each in first):
        return "a character that nobody sees stands in front. Type the beginning of the line anew."
    if before.strip(" \t.:|)>").isdigit():
        return "numbers stand in front of the lines, pasted along with them. Take them out."
    if match["head"] and not between.strip("_"):
        return f"`{match['head']}` and the name run together. What has to stand between them?"
    if any(not each.isprintable() or (each != " " and each.isspace()) for each in between):
        return "a character that nobody sees stands in it. Type the line's beginning anew."
    return ""


def _under_magic(view: View, name: str) -> Hint | None:
    for cell in reversed(view.cells):
        line = line_of_definition(cell.text, name) if cell.magic else None
        if line:
            return Spot(cell.number, line), (
                f"`{name}` stands in cell {cell.number} under `{cell.magic}`, so it is not "
                "defined in the notebook. Remove that line."
            )
    return None


def _not_code(view: View, name: str) -> Hint | None:
    for number, (kind, source) in enumerate(view.notebook.cells, start=1):
        line = line_of_definition(source, name) if kind != "code" else None
        if line:
            called = "Markdown" if kind == "markdown" else "raw"
            return Spot(number, line), (
                f"`{name}` stands in cell {number}, which is a {called} cell. Make it a code cell."
            )
    return None


def _nested(view: View, name: str) -> Hint | None:
    for spot, outer, is_class in view.nested(name):
        what = "the class" if is_class else "the function"
        return spot, (
            f"`{name}` is defined in cell {spot.cell}, line {spot.line}, but inside {what} "
            f"`{outer}`. Move it out, to the left margin."
        )
    return None


def _commented_out(view: View, name: str) -> Hint | None:
    for cell in view.cells:
        line = line_of_definition(cell.text, name, prefix=r"[ \t]*#+[ \t]*")
        if line:
            return Spot(cell.number, line), (
                f"`{name}` is commented out in cell {cell.number}, line {line}: Python reads "
                "nothing behind a `#`. Does it have to stand there?"
            )
    return None


def _misspelled(view: View, name: str) -> Hint | None:
    candidates = dict(_candidates(view))
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    match = folded.get(name.casefold())
    if match is None:
        close = difflib.get_close_matches(name, candidates, n=1, cutoff=_ALIKE)
        match = close[0] if close else None
    if match is None:
        return None
    unit = candidates[match]
    return Spot(unit.cell, unit.line), (
        f"No cell defines `{name}`, but cell {unit.cell} defines `{match}`. "
        f"If that is it, call it `{name}`."
    )


def _candidates(view: View) -> Iterator[tuple[str, Unit]]:
    """Names that are bound in the notebook and are not asked for themselves."""
    seen: set[str] = set()
    for unit in view.links.units:
        if unit.is_import or unit.problem:
            continue
        for name in sorted(bound(unit) - seen - set(view.names)):
            if len(name) <= _MAX_LENGTH:
                seen.add(name)
                yield name, unit
        if len(seen) >= _MAX_CANDIDATES:
            return


def _behind_star(view: View, name: str) -> Hint | None:
    for unit in view.links.stars:
        if module := missing_module(unit):
            return Spot(unit.cell, unit.line), (
                f"No cell defines `{name}`. If it should come with the `import *` in cell "
                f"{unit.cell}: `{module}` is not there when grading."
            )
    return None


def _only_used(view: View, name: str) -> Hint | None:
    for unit in view.links.units:
        if name in unit.effects.reads or name in unit.effects.reads_later:
            read = (
                n.lineno for n in ast.walk(unit.node) if isinstance(n, ast.Name) and n.id == name
            )
            spot = Spot(unit.cell, next(read, unit.line))
            return spot, f"Cell {unit.cell} uses `{name}`, but no cell defines it."
    return None
