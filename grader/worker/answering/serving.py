"""Answers the judge's requests, in a child that holds one submission.

The order is always the same: `Open` (the notebook is read and sliced; no student code
runs), `Define` (what the named exercises need is executed), then `Call` and `Train` as
often as the judge likes. A child that dies ends the conversation; the judge sees that.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping

# Taken before any student's code can put something else in its place.
from time import process_time
from typing import Any

import msgspec
import tensorflow as tf

from .. import wire
from ..reading import slicing
from ..reading.cells import written
from ..reading.documents import notebook
from ..reading.names.forms import form_of
from . import awaiting, builtin_losses, calling, repeated, training
from .defining import execution
from .faults import clean, described
from .mending import requests
from .quotable import words

MAX_CELL_SOURCE = 200_000
MAX_SHOWN = 4_000_000
# Many calls at once only save messages: what is slow or large is asked for by itself.
MAX_CALLS_SECONDS = 1.0
MAX_CALLS_BYTES = 4_000_000


def prepare() -> None:
    """Ready the worker for forking: lazy modules are loaded, no operation is run."""
    for module in (
        "keras.src.trainers.compile_utils",
        "keras.src.losses.loss",
        "encodings.utf_8_sig",
        "numpy.random",
        "keras.src.losses.losses",
        "tensorflow.python.keras.losses",
        "tensorflow.python.ops.losses.losses_impl",
        "tensorflow.python.ops.tensor_array_ops",
        "tensorflow.python.ops.while_loop",
        "tensorflow.python.ops.cond",
    ):
        __import__(module)
    for name in ("Sequential", "Input", "Model", "backend"):
        getattr(tf.keras, name)


def serve(receive: Callable[[], wire.Request | None], send: Callable[[wire.Reply], None]) -> None:
    """Answer requests until `receive` returns None."""
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    awaiting.prepare()
    conversation = Conversation()
    while (request := receive()) is not None:
        send(conversation.answer(request))


class Conversation:
    """One submission, from its bytes to its answers."""

    def __init__(self) -> None:
        self._survey: Any = None
        self._namespace: dict[str, Any] = {}
        self._mending: Any = None
        self._repeated = repeated.Repeated()

    def answer(self, request: wire.Request) -> wire.Reply:
        """The reply to one request; never raises for what a student wrote."""
        try:
            match request:
                case wire.Open():
                    return self._open(request)
                case wire.Define():
                    return self._define(request)
                case wire.Call():
                    return calling.call(self._namespace.get(request.name), request)
                case wire.Calls():
                    return self._calls(request)
                case wire.Train():
                    return training.train(self._namespace.get(request.name), request)
                case wire.Propose():
                    return self._mending.propose(request)
                case wire.Try():
                    return self._mending.attempt(request)
                case wire.Mend():
                    return self._mend(request)
        except MemoryError:
            raise  # the child ends here, and the judge says that memory ran out
        except Exception as error:  # noqa: BLE001 - the judge decides whose fault it is
            return wire.Fault(clean(f"{type(error).__name__}: {error}", 1000))

    def _calls(self, request: wire.Calls) -> wire.Values:
        """Answer call after call, while they are quick and what comes back is small."""
        replies: list[wire.Value | wire.Failure] = []
        size, until = 0, process_time() + MAX_CALLS_SECONDS
        self._repeated.anew()
        for call in request.calls:
            reply = calling.call(self._namespace.get(call.name), call, self._repeated.eager)
            size += len(reply.array.data) if isinstance(reply, wire.Value) else 0
            if size > MAX_CALLS_BYTES:
                break
            replies.append(reply)
            if process_time() > until or isinstance(reply, wire.Failure):
                break
        return wire.Values(tuple(replies))

    def _open(self, request: wire.Open) -> wire.Reply:
        try:
            book = notebook.read(request.notebook)
        except notebook.NotANotebook as problem:
            return wire.Unreadable(clean(str(problem), wire.MAX_TEXT))
        builtin_losses.remove(request.forbidden)
        self._survey = slicing.survey(book, request.names)
        self._mending = requests.Mending(self._survey, book)
        findings = tuple(
            wire.Finding(
                name=found.name,
                state=found.state,
                cells=found.cells,
                spot=found.spot,
                hint=clean(found.hint, wire.MAX_TEXT),
                code=found.code,
            )
            for found in self._survey.findings
        )
        notes = tuple(clean(note, wire.MAX_TEXT) for note in self._survey.notes[:100])
        cells = _shown(book) if request.show_cells else ()
        return wire.Contents(findings, notes, cells, bool(self._survey.switches))

    def _define(self, request: wire.Define) -> wire.Reply:
        calling.seed()
        written.lay_out(self._survey.files)
        statements = slicing.slice_for(self._survey, request.names, switches=request.switches)
        # Before anything of theirs has run.
        standing = words(statements)
        forms = {name: form_of(name, statements) for name in request.names}
        namespace = execution.execute(statements, self._survey)
        return self._defined(namespace, request.names, standing, forms)

    def _mend(self, request: wire.Mend) -> wire.Reply:
        calling.seed()
        written.lay_out(self._survey.files)
        namespace = self._mending.mended(request)
        defined = self._defined(namespace, (request.name,), (), {})
        change = self._mending.change(request)
        return wire.Defined(
            tuple(msgspec.structs.replace(each, change=change) for each in defined.definitions)
        )

    def _defined(
        self,
        namespace: execution.Namespace,
        names: tuple[str, ...],
        standing: tuple[str, ...],
        forms: Mapping[str, wire.Form | None],
    ) -> wire.Defined:
        self._namespace = namespace.globals
        unbound = tuple(_unbound(namespace, names))
        defined = (_definition(name, namespace, unbound) for name in names)
        return wire.Defined(
            tuple(
                msgspec.structs.replace(each, words=standing, form=forms.get(each.name))
                for each in defined
            )
        )


def _shown(book: notebook.Notebook) -> tuple[wire.Cell, ...]:
    """The cells for a feedback page: sources only, each and all of them capped."""
    cells, left = [], MAX_SHOWN
    for kind, source in book.cells[:2000]:
        kept = clean(source, min(left, MAX_CELL_SOURCE))
        left -= len(kept)
        cells.append(wire.Cell(kind, kept))
    return tuple(cells)


def _definition(
    name: str, namespace: execution.Namespace, unbound: tuple[wire.Unbound, ...]
) -> wire.Definition:
    """How the definition of `name` went."""
    if name not in namespace.globals:
        failure = namespace.failures.get(name)
        raised = described(failure) if failure is not None else None
        return wire.Definition(name, "unbound", raised=raised, unbound=unbound)
    value = namespace.globals[name]
    kind = calling.type_name(value)
    if inspect.isclass(value):
        return wire.Definition(name, "class", kind, _loss_base(value), unbound=unbound)
    if inspect.isroutine(value):
        return wire.Definition(name, "function", kind, unbound=unbound)
    if callable(value):
        return wire.Definition(name, "other callable", kind, unbound=unbound)
    return wire.Definition(name, "no callable", kind, unbound=unbound)


def _unbound(namespace: execution.Namespace, asked: tuple[str, ...]) -> Iterable[wire.Unbound]:
    """What the asked names need, and no statement has given."""
    missing = namespace.failures.keys() - namespace.globals.keys() - set(asked)
    for name in sorted(missing)[: wire.MAX_UNBOUND]:
        yield wire.Unbound(clean(name, wire.MAX_NAME), described(namespace.failures[name]))


def _loss_base(cls: type) -> Any:
    if issubclass(cls, tf.keras.losses.Loss):
        return "keras"
    bases = {f"{base.__module__}.{base.__qualname__}" for base in cls.__mro__}
    return "legacy" if "tensorflow.python.keras.losses.Loss" in bases else "none"
