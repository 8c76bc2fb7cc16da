"""Attacks as files: what each one tries, what must come out, and the notebook it becomes.

A file in `attacks/` is named for its group, and begins with a block of TOML in comments:

    # /// attack
    # group = "H1"
    # says = "reads a hidden check out of its file"
    # ///

After it stands a notebook, its cells separated by `# %%`. Keys of the block:

probe: true for an attack that tries one thing. Its one cell defines `attempt()`, which returns
    something true if the attack succeeds, and returns something false or raises OSError,
    ImportError or MemoryError if it is stopped. The answer to an exercise is then right
    exactly if the attempt is stopped. Any other error is a mistake in the attack itself, and
    costs the points too. Probes share a notebook, one for each exercise.
expected: a table from exercises to what they must come to: a status of an exercise, one of a
    check, "not passed", "any", two of them with "or", or a table of those for one tier. An
    exercise that the attack answers and that is not in here must pass. Beside it stand two
    honest answers to others, which must come out as without the attack.
through: tiers in which the attack is honestly not stopped.
depends: tiers in which it depends on the user, the owner of files, or the system's settings.
untried: tiers in which it would go through and harm this machine, so that it is not run there.
message: words that the report must have for the student.
forbidden: words that must not be anywhere in the report.
machine: the only machine on which it makes sense, such as "x86_64".
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.sandbox import Tier
from tests.hostile import honest

FOLDER = Path(__file__).parent / "attacks"

_BEGIN, _END = "# /// attack", "# ///"
_CELL = "# %%"


@dataclass(frozen=True, eq=False)
class Attack:
    """One attack, the same only as itself; the module says what the fields mean."""

    name: str
    group: str
    says: str
    cells: tuple[str, ...]
    probe: bool
    expected: dict[str, Any]
    through: frozenset[Tier]
    depends: frozenset[Tier]
    untried: frozenset[Tier]
    message: str
    forbidden: tuple[str, ...]
    machine: str

    def stopped_in(self, tier: Tier) -> bool:
        """Whether the attack must be stopped in this tier."""
        return tier not in self.through | self.depends | self.untried

    def expected_in(self, tier: Tier) -> dict[str, str]:
        """What the exercises that the attack answers must come to in this tier."""
        general = dict.fromkeys(self.answered, "passed")
        general |= {name: what for name, what in self.expected.items() if isinstance(what, str)}
        special: dict[str, str] = self.expected.get(tier.value, {})
        return general | special

    def probed_in(self, tier: Tier) -> str:
        """What the exercise that holds this probe must come to in this tier."""
        if tier in self.depends:
            return "any"
        return "not passed" if tier in self.through else "passed"

    @property
    def answered(self) -> frozenset[str]:
        """The exercises that the attack answers itself."""
        return frozenset().union(*map(_bound, self.cells)) & honest.ANSWERS.keys()

    def notebook(self, world: dict[str, Any]) -> bytes:
        """Honest answers under this attack, which knows the world it lives in."""
        beside = (honest.NEIGHBOURS | self.expected.keys()) - self.answered
        cells = [*honest.sources(f"WORLD = {world!r}\n", beside), *self.cells]
        return honest.notebook([honest.code_cell(source) for source in cells])


def _bound(cell: str) -> frozenset[str]:
    """The names that the top level of a cell binds by `def`, `class` or a plain assignment."""
    names: set[str] = set()
    try:
        statements = ast.parse(cell).body
    except SyntaxError:
        return frozenset()  # magics and the like
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return frozenset(names)


def read(path: Path) -> Attack:
    """The attack in this file. Raises ValueError for a block with a key that is not known."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[0] != _BEGIN:
        raise ValueError(f"{path.name} does not begin with {_BEGIN!r}")
    end = lines.index(_END)
    block = tomllib.loads("\n".join(line.removeprefix("#").strip() for line in lines[1:end]))
    body = "\n".join(lines[end + 1 :])
    tiers = {
        key: frozenset(Tier(tier) for tier in block.pop(key, ()))
        for key in ("through", "depends", "untried")
    }
    made = Attack(
        name=path.stem,
        group=block.pop("group"),
        says=block.pop("says"),
        cells=tuple(cell.strip() + "\n" for cell in body.split(_CELL) if cell.strip()),
        probe=block.pop("probe", False),
        expected=block.pop("expected", {}),
        through=tiers["through"],
        depends=tiers["depends"],
        untried=tiers["untried"],
        message=block.pop("message", ""),
        forbidden=tuple(block.pop("forbidden", ())),
        machine=block.pop("machine", ""),
    )
    if block or not path.stem.startswith(made.group + "_"):
        raise ValueError(f"{path.name}: unknown keys {sorted(block)}, or another group in the name")
    return made


def attacks() -> list[Attack]:
    """All attacks, in the order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.py"))]
