"""What `grader validate` found, as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader import harmless
from grader.formats import wording
from grader.validation_results import (
    Agreement,
    Diagnoses,
    Item,
    MutantRow,
    SlipTable,
    Subject,
    Survival,
    Validation,
)

_KINDS = {
    "reference": ("the reference notebook", "full points"),
    "starter": ("the untouched notebook", "no points, and why"),
    "right": ("right variants", "full points"),
    "mistake": ("known mistakes", "lose what they must and no more"),
}


def view(found: Validation) -> RenderableType:
    """Counts, what each check catches, how well mistakes are named, mutants, all differences."""
    parts: list[RenderableType] = [_counts(found.subjects), Text(), _items(found.items), Text()]
    # What there is nothing of is not told as a share of nothing: an assignment need not have
    # misconceptions, readings, or slips that are looked for.
    if found.diagnoses.covered or found.diagnoses.wrong:
        parts += [_diagnoses(found.diagnoses), Text()]
    if found.agreement.count:
        parts.append(_agreement(found.agreement))
    if found.slips.known:
        parts.append(_slips(found.slips))
    parts += [_survival(each) for each in found.survivals]
    if found.mutants is not None:
        parts += [Text(), _mutants(found.mutants.rows)]
    if found.unseen is not None:
        parts.append(_unseen(found.unseen))
    if found.differences:
        parts += [Text(), Text("Differences", "bold")]
        parts += [_bullet(line) for line in found.differences]
    return Group(*parts)


def _counts(subjects: Sequence[Subject]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for kind, (name, must) in _KINDS.items():
        those = [subject for subject in subjects if subject.kind == kind]
        if not those:
            continue
        good = sum(not subject.differences for subject in those)
        style = "green" if good == len(those) else "red"
        table.add_row(Text(f"{good} of {len(those)}", style), Text(name), Text(must, "dim"))
    return table


def _items(items: Sequence[Item]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_column()
    for family, group in groupby(items, key=lambda item: item.family):
        if table.row_count:
            table.add_row()
        table.add_row(Text(str(family), "bold"), Text("catches", "dim"), Text("alone", "dim"))
        for item in group:
            table.add_row(
                Text(f"  {item.check}"), str(item.caught), str(item.alone), Text(item.reason, "dim")
            )
    return table


def _diagnoses(named: Diagnoses) -> Text:
    return Text(
        f"Of {wording.counted(named.covered, 'mistake')} with a known misconception {named.right}"
        f" are named rightly, {named.silent} not at all; {named.wrong} names are wrong."
    )


def _agreement(marks: Agreement) -> Text:
    return Text(
        f"Of {wording.counted(marks.count, 'mark')} {marks.count - marks.outside} lie in the "
        f"band of their reading. Rank correlation {marks.rank_correlation:.2f}, mean difference "
        f"{marks.mean_difference:.1f} of 100, {marks.far} more than 25 apart."
    )


def _slips(of: SlipTable) -> Text:
    return Text(
        f"Of {wording.counted(of.known, 'mistake')} that are one slip from right {of.found} are "
        f"found to be, {of.placed} of them in a true line."
    )


def _unseen(of: SlipTable) -> Text:
    return Text(
        f"Of {wording.counted(of.known, 'slip')} of fingers in right answers {of.found} are found, "
        f"{of.placed} of them in the line that was changed."
    )


def _survival(of: Survival) -> Text:
    faults = wording.counted(of.drawn, "random fault")
    return Text(f"Of {faults} {of.width:g} wide {len(of.survivors)} keep all points.")


def _mutants(rows: Sequence[MutantRow]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for _ in range(4):
        table.add_column(justify="right")
    heads = (Text(head, "dim") for head in ("made", "killed", "no difference", "survived"))
    table.add_row(Text("mutants", "bold"), *heads)
    whole = [0, 0, 0, 0]
    for row in rows:
        numbers = (row.made, row.killed, row.equivalent, row.survived)
        whole = [a + b for a, b in zip(whole, numbers, strict=True)]
        table.add_row(Text(f"  {row.exercise}"), *map(str, numbers))
    table.add_row(Text("  together"), *map(str, whole))
    return table


def _bullet(line: str) -> RenderableType:
    return Padding(Text(f"- {harmless.terminal(line)}"), (0, 0, 0, 2))
