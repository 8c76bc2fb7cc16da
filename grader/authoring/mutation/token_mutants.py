"""Mutants of right answers, a token or line each: slips as fingers make them.

The rules know nothing of the edits by which slips are found: they take tokens away, double
them, exchange neighbours, misspell names, take one token for another of its kind, and exchange
or shift lines. So they say how well slips are found that nobody thought of.
"""

from __future__ import annotations

import ast
import io
import itertools
import json
import random
import tokenize
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.authoring.variants import Variant

_KINDS = frozenset({tokenize.NAME, tokenize.NUMBER, tokenize.OP, tokenize.STRING})
# So often another place is drawn for a mutant before an answer is given up.
_MOST_DRAWS = 20


@dataclass(frozen=True)
class TokenMutant:
    """One right answer with one token or line changed.

    cell, lines: where the change is; several lines where it lies between them.
    """

    name: str
    exercise: str
    rule: str
    cell: int
    lines: tuple[int, ...]
    notebook: bytes

    def __str__(self) -> str:
        places = " and ".join(str(line) for line in self.lines)
        return f"{self.name}: {self.rule} in cell {self.cell}, line {places}"


@dataclass(frozen=True)
class _Definition:
    """The text of an answer's definition: lines of a cell, and the tokens in them."""

    lines: tuple[str, ...]
    first: int
    last: int
    tokens: tuple[tokenize.TokenInfo, ...]


_Change = tuple[list[str], tuple[int, ...]]
_Rule = Callable[[_Definition, random.Random], _Change | None]


def drawn(variants: Sequence[Variant], count: int, seed: int) -> tuple[TokenMutant, ...]:
    """So many mutants of the right answers among the variants, the same for the same seed."""
    source = random.Random(seed)  # noqa: S311 - for choosing, not for secrets
    answers = [each for each in variants if each.right and len(each.exercises) == 1]
    answers = [each for each in answers if _definition(each) is not None]
    rules = list(RULES.items())
    found: dict[bytes, TokenMutant] = {}
    for at in range(count * _MOST_DRAWS):
        if len(found) == count or not answers:
            break
        variant = source.choice(answers)
        rule = rules[at % len(rules)]
        mutant = _mutated(variant, *rule, source)
        if mutant is not None and mutant.notebook != variant.notebook:
            found.setdefault(mutant.notebook, mutant)
    return tuple(found.values())


def _mutated(variant: Variant, name: str, rule: _Rule, source: random.Random) -> TokenMutant | None:
    found = _definition(variant)
    if found is None:
        return None
    cell, definition = found
    change = rule(definition, source)
    if change is None:
        return None
    lines, where = change
    book = json.loads(variant.notebook)
    book["cells"][cell - 1]["source"] = "\n".join(lines)
    data = json.dumps(book).encode()
    return TokenMutant(variant.name, variant.exercises[0], name, cell, where, data)


def _definition(variant: Variant) -> tuple[int, _Definition] | None:
    """The cell and the text of the last definition of the variant's exercise."""
    for number, cell in reversed(list(enumerate(json.loads(variant.notebook)["cells"], start=1))):
        text = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        try:
            statements = ast.parse(text).body
        except SyntaxError:
            continue
        for node in reversed(statements):
            defines = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if defines and getattr(node, "name", "") == variant.exercises[0]:
                return number, _read(text, node)
    return None


def _read(text: str, node: ast.stmt) -> _Definition:
    last = node.end_lineno or node.lineno
    tokens = tuple(
        token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type in _KINDS and node.lineno <= token.start[0] <= last
        if token.start[0] == token.end[0] and not token.string.startswith(('"""', "'''"))
    )
    return _Definition(tuple(text.split("\n")), node.lineno, last, tokens)


# Rules ------------------------------------------------------------------------------------


def _left_out(definition: _Definition, source: random.Random) -> _Change:
    return _with(definition, source.choice(definition.tokens), "")


def _doubled(definition: _Definition, source: random.Random) -> _Change:
    token = source.choice(definition.tokens)
    gap = " " if token.type in {tokenize.NAME, tokenize.NUMBER} else ""
    return _with(definition, token, f"{token.string}{gap}{token.string}")


def _neighbours(definition: _Definition, source: random.Random) -> _Change | None:
    at = source.randrange(len(definition.tokens) - 1)
    one, other = definition.tokens[at : at + 2]
    if one.start[0] != other.start[0] or one.string == other.string:
        return None
    row = one.start[0] - 1
    line = definition.lines[row]
    before, after = line[: one.start[1]], line[other.end[1] :]
    between = line[one.end[1] : other.start[1]]
    changed = _apart(_apart(before, other.string) + between, one.string)
    changed = _apart(changed, after)
    return _lines(definition, {row: changed}), (row + 1,)


def _apart(before: str, after: str) -> str:
    """Both, with a blank between two words, which stay words of their own."""
    joins = f"a{before[-1:]}{after[:1]}".isidentifier() and before[-1:] and after[:1]
    return f"{before} {after}" if joins else before + after


def _misspelt(definition: _Definition, source: random.Random) -> _Change | None:
    names = [token for token in definition.tokens if _is_long_name(token)]
    if not names:
        return None
    token = source.choice(names)
    word, at = token.string, source.randrange(1, len(token.string) - 1)
    spelled = source.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return None if spelled == word else _with(definition, token, spelled)


def _is_long_name(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.NAME and len(token.string) > 3


def _taken_for_another(definition: _Definition, source: random.Random) -> _Change | None:
    token = source.choice(definition.tokens)
    others = {
        each.string
        for each in definition.tokens
        if each.type == token.type and each.string != token.string
    }
    if token.type == tokenize.OP:
        others |= {"+", "-", "*", "/", "<", ">", "<=", ">="} - {token.string}
    if token.type == tokenize.NUMBER:
        others |= {"0", "1", "2", "3", "0.5", "10"} - {token.string}
    return _with(definition, token, source.choice(sorted(others))) if others else None


def _lines_exchanged(definition: _Definition, source: random.Random) -> _Change | None:
    rows = _rows(definition)
    pairs = [(one, other) for one, other in itertools.pairwise(rows) if other == one + 1]
    if not pairs:
        return None
    one, other = source.choice(pairs)
    lines = definition.lines
    return _lines(definition, {one: lines[other], other: lines[one]}), (one + 1, other + 1)


def _shifted(definition: _Definition, source: random.Random) -> _Change | None:
    row = source.choice(_rows(definition))
    line = definition.lines[row]
    step = source.choice((4, 2, 1, -1, -2, -4))
    if step < 0 and not line.startswith(" " * -step):
        return None
    changed = " " * step + line if step > 0 else line[-step:]
    return _lines(definition, {row: changed}), (row + 1,)


RULES: dict[str, _Rule] = {
    "a token left out": _left_out,
    "a token doubled": _doubled,
    "neighbours exchanged": _neighbours,
    "a name misspelt": _misspelt,
    "a token taken for another": _taken_for_another,
    "lines exchanged": _lines_exchanged,
    "a line shifted": _shifted,
}


def _rows(definition: _Definition) -> list[int]:
    """The lines of the definition after its first that begin with a token, counted from 0."""
    return sorted({token.start[0] - 1 for token in definition.tokens} - {definition.first - 1}) or [
        definition.first - 1
    ]


def _with(definition: _Definition, token: tokenize.TokenInfo, text: str) -> _Change:
    """The lines with a token replaced."""
    row = token.start[0] - 1
    line = definition.lines[row]
    changed = line[: token.start[1]] + text + line[token.end[1] :]
    return _lines(definition, {row: changed}), (row + 1,)


def _lines(definition: _Definition, changed: dict[int, str]) -> list[str]:
    return [changed.get(row, line) for row, line in enumerate(definition.lines)]
