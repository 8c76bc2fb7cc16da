"""Answers the judge's requests about edits."""

from __future__ import annotations

from collections.abc import Sequence

# Taken before any student's code can put something else in its place.
from time import process_time
from typing import Any

from ... import wire
from ...reading.documents.notebook import Notebook
from ...reading.slicing import Survey
from .. import calling
from ..defining.execution import Namespace
from .edits import Edit
from .trying import Bench, Stopped

# Edits by the dozen take a tenth of that: time only protects from those that run on.
_MOST_SECONDS = 1.5
# Why an answer is none is of no interest here, and words for it take time.
_NONE = wire.Failure("raised")


class Mending:
    """The edits of one notebook, by the names they are proposed for."""

    def __init__(self, survey: Survey, notebook: Notebook) -> None:
        self._survey, self._notebook = survey, notebook
        self._benches: dict[str, Bench] = {}

    def propose(self, request: wire.Propose) -> wire.Proposals:
        """All edits for a name."""
        bench = Bench(
            self._survey, self._notebook, request.name, request.form, request.parameter,
            switches=request.switches, taken=request.taken,
        )  # fmt: skip
        self._benches[request.name] = bench
        proposals = tuple(_proposal(bench, edit) for edit in bench.edits)
        return wire.Proposals(bool(self._survey.switches), proposals)

    def attempt(self, request: wire.Try) -> wire.Tried:
        """What a name answers with each of some edits."""
        bench = self._benches[request.name]
        results: list[tuple[wire.Value | wire.Failure, ...]] = []
        until = process_time() + _MOST_SECONDS
        given = [calling.tensors(each) for each in request.calls]
        for number in request.edits:
            try:
                answers = bench.tried(
                    number, lambda value: _answers(value, request, given), long=not request.bare
                )
            except Stopped:
                break
            results.append(answers or ())
            if process_time() > until:
                break
        return wire.Tried(tuple(results))

    def mended(self, request: wire.Mend) -> Namespace:
        """What the notebook defines with an edit in it."""
        return self._benches[request.name].executed(request.edit)

    def change(self, request: wire.Mend) -> wire.Change | None:
        """What an edit is about."""
        return self._benches[request.name].change(request.edit) if request.edit else None


def _answers(
    value: Any, request: wire.Try, given: Sequence[tuple[Any, ...]]
) -> tuple[wire.Value | wire.Failure, ...]:
    answers: list[wire.Value | wire.Failure] = []
    for call, tensors in zip(request.calls, given, strict=True):
        answer = calling.tried(value, call, tensors, bare=request.bare)
        answers.append(answer or _NONE)
        if answer is None:
            break
    return tuple(answers)


def _proposal(bench: Bench, edit: Edit) -> wire.Proposal:
    spans = dict.fromkeys(
        wire.Span(each.cell, *bench.place(each.cell, each.start), *bench.place(each.cell, each.end))
        for each in edit.stretches
    )
    return wire.Proposal(edit.kind, edit.cost, tuple(spans)[: wire.MAX_SPANS])
