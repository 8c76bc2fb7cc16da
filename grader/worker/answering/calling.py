"""Calls a student's loss and turns what comes back into a plain array.

Runs in a child, after student code: whatever that code does to TensorFlow or NumPy harms
its own answers alone, since the judge compares nothing but the arrays.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import tensorflow as tf

from .. import wire
from . import builtin_losses
from .defining.execution import place_of
from .faults import described
from .standing import keep_standing

MAX_ELEMENTS = 2**18
_DTYPES = frozenset(("bool", "int8", "int32", "int64", "float16", "bfloat16", "float32", "float64"))

Loss = Callable[..., Any]


class NoLoss(Exception):
    """A wrapper or class that makes nothing callable; `reply` says it to the judge."""

    def __init__(self, reply: wire.Failure) -> None:
        super().__init__(reply.reason)
        self.reply = reply


def call(
    target: Any, request: wire.Call, eager: Callable[..., wire.Value | wire.Failure] | None = None
) -> wire.Value | wire.Failure:
    """Call the loss named by `request` and return its value, its gradient, or why there is none.

    eager: how it is called outside of a graph; it may raise what the loss raises.
    """
    begin()
    try:
        losses = made(target, request.make)
    except NoLoss as problem:
        return problem.reply
    loss: Any = losses[request.use]
    inputs = tensors(request)
    run = {"eager": eager or _eager, "graph": _graph, "gradient": _gradient}[request.mode]
    try:
        return _marked(run(loss, *inputs), loss)
    except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
        refused = failed(error, "raised")
    if refused.reason == "builtin" or not _has_call(loss):
        return refused
    return _through_call_method(run, loss, inputs, refused)


def tensors(request: wire.Call) -> tuple[Any, ...]:
    """What it is called with."""
    return tuple(tf.constant(wire.unpack(array)) for array in request.inputs)


def tried(target: Any, request: wire.Call, given: tuple[Any, ...], *, bare: bool) -> (
    wire.Value | None
):  # fmt: skip
    """What one of many attempts gives for these tensors; None if it is no value.

    Why it is none is of no interest, and words for it take time. bare: as quickly as can be: its
    method `call` alone, if it has one, and nothing traced.
    """
    begin(eagerly=bare)
    run = {"eager": _eager, "graph": _graph_or_not, "gradient": _gradient}[request.mode]
    try:
        made = [_one(target, hyper) for hyper in request.make] or [target]
        loss: Any = made[request.use]
        if bare and _has_call(loss):
            loss = loss.call
        reply = _marked(run(loss, *given), loss)
    except BaseException:  # noqa: BLE001 - whatever it was, there is no value
        return None
    return reply if isinstance(reply, wire.Value) else None


def _through_call_method(
    run: Callable[..., wire.Value | wire.Failure],
    loss: Any,
    inputs: tuple[Any, ...],
    refused: wire.Failure,
) -> wire.Value | wire.Failure:
    """Ask the method `call` when the object itself can't be called, so that this costs once.

    What Keras itself stumbles over hides nothing that is wrong in the method.
    """
    try:
        value = run(loss.call, *inputs)
    except BaseException as error:  # noqa: BLE001 - told, if it is another one
        value = failed(error, "raised")
    if isinstance(value, wire.Failure):
        first, second = refused.raised, value.raised
        if first is None or first.spot is not None:
            return refused
        if value.reason != "raised":
            return value  # what the method gives back is what Keras stumbles over
        known = second is None or second.spot is not None
        return msgspec.structs.replace(value, refused=first) if known else refused
    return wire.Value(value.array, value.container, via="call", refused=refused.raised)


def _marked(reply: wire.Value | wire.Failure, loss: Any) -> wire.Value | wire.Failure:
    """The reply, saying whether an instance of Keras' Loss gave it: those reduce by themselves."""
    if isinstance(reply, wire.Value) and isinstance(loss, tf.keras.losses.Loss):
        return msgspec.structs.replace(reply, is_keras_loss=True)
    return reply


def begin(*, eagerly: bool = False) -> None:
    """Put back what an earlier call may have changed, as far as that can be done.

    eagerly: run a `tf.function` as if it were none, which saves tracing it.
    """
    builtin_losses.used.clear()
    tf.config.run_functions_eagerly(eagerly)


def seed() -> None:
    """Start all random generators anew, so that two runs of one notebook agree.

    Once per child: setting TensorFlow's seed drops its cache of kernels, which would make
    each call ten times slower.
    """
    tf.random.set_seed(0)
    np.random.seed(0)  # noqa: NPY002 - the generator that notebooks use
    random.seed(0)


def made(target: Any, hypers: tuple[wire.Hyper, ...]) -> list[Loss]:
    """The losses that `target` makes, one for each of `hypers`; `target` itself for none.

    Raises NoLoss.
    """
    if not hypers:
        return [target]
    losses = []
    for hyper in hypers:
        try:
            loss = _one(target, hyper)
        except BaseException as error:  # noqa: BLE001 - an answer, whatever it is
            raise NoLoss(failed(error, "making")) from None
        if not callable(loss) and not _has_call(loss):
            raise NoLoss(wire.Failure("not a loss", detail=type_name(loss)))
        losses.append(loss)
    return losses


def _one(target: Any, hyper: wire.Hyper) -> Any:
    if hyper.value is None:
        return target()
    return target(**{hyper.keyword: hyper.value}) if hyper.keyword else target(hyper.value)


def _has_call(loss: object) -> bool:
    """Whether the object has a method `call`; its `__getattr__` may raise anything."""
    try:
        return hasattr(loss, "call")
    except Exception:  # noqa: BLE001 - no answer is no
        return False


def failed(error: BaseException, reason: str) -> wire.Failure:
    """The failure that `error` stands for."""
    if builtin_losses.used or isinstance(error, builtin_losses.BuiltinLossUsed):
        return wire.Failure("builtin", raised=described(error))
    return wire.Failure(reason, raised=described(error))  # type: ignore[arg-type]


def type_name(value: object) -> str:
    """The name of the value's type, cut to what a message holds."""
    return str(type(value).__name__)[: wire.MAX_NAME].encode("utf-8", "replace").decode()


def _eager(loss: Loss, *inputs: Any) -> wire.Value | wire.Failure:
    return as_value(loss(*inputs))


def _graph(loss: Loss, *inputs: Any) -> wire.Value | wire.Failure:
    try:
        # Most bodies need no AutoGraph, and without it a trace takes a third of the time.
        return _traced(loss, *inputs, autograph=False)
    except Exception as error:  # noqa: BLE001 - whatever it was, the second try tells
        first = error
    try:
        return _traced(loss, *inputs, autograph=True)
    except Exception as error:
        if place_of(error) == place_of(first):
            # AutoGraph works on a copy of the code, which has no columns.
            keep_standing(error, first)
        raise


def _graph_or_not(loss: Loss, *inputs: Any) -> wire.Value | wire.Failure:
    try:
        return _traced(loss, *inputs, autograph=False)
    except TypeError:
        # What AutoGraph mends: a tensor as a condition, in a loop, or as Python's own number.
        return _traced(loss, *inputs, autograph=True)


def _traced(loss: Loss, *inputs: Any, autograph: bool) -> wire.Value | wire.Failure:
    """The value in a graph for batches of any size."""
    signature = [
        # A number alone has no batch that could be unknown.
        tf.TensorSpec([None, *tensor.shape[1:]] if tensor.shape.rank else [], tensor.dtype)
        for tensor in inputs
    ]

    def body(*inputs: Any) -> Any:
        # As in a training: the name of `class _Huber(Loss)` may stand in a scope, but be none.
        with tf.name_scope("training"):
            return loss(*inputs)

    function = tf.function(body, input_signature=signature, autograph=autograph)
    # Asked for by itself: TensorFlow warns of code that traces often, which this is.
    return as_value(function.get_concrete_function()(*inputs))


def _gradient(loss: Loss, *inputs: Any) -> wire.Value | wire.Failure:
    with tf.GradientTape() as tape:
        tape.watch(inputs[-1])
        result = loss(*inputs)
        if not isinstance(result, tf.Tensor | tf.Variable) or not result.dtype.is_floating:
            return wire.Failure("no gradient", detail=type_name(result))
        total = tf.reduce_sum(result)
    gradient = tape.gradient(total, inputs[-1])
    if gradient is None:
        return wire.Failure("no gradient")
    return as_value(tf.convert_to_tensor(gradient))


def as_value(result: Any) -> wire.Value | wire.Failure:
    """What a loss returned, as a plain array: known types only, none that decides for itself."""
    if isinstance(result, tf.Variable):
        result = tf.convert_to_tensor(result)
    if isinstance(result, tf.Tensor):
        if result.dtype.name not in _DTYPES:
            return wire.Failure("not a value", detail=f"a tensor of {result.dtype.name}")
        return _value(result.numpy(), result.dtype.name, "tensor")
    if type(result) in (bool, int, float):
        try:
            return _value(np.asarray(result), "", "number")
        except OverflowError:
            return wire.Failure("not a value", detail="a huge int")
    if isinstance(result, np.ndarray | np.generic):
        array = np.asarray(result)
        if array.dtype.name not in _DTYPES:
            return wire.Failure("not a value", detail=f"an array of {array.dtype.name}"[:200])
        return _value(array, array.dtype.name, "numpy")
    return wire.Failure("not a value", detail=type_name(result))


def _value(array: Any, dtype: str, container: Any) -> wire.Value | wire.Failure:
    array = np.asarray(array)
    name = dtype or array.dtype.name
    if name not in _DTYPES:
        return wire.Failure("not a value", detail=f"an array of {name}"[:200])
    if array.size > MAX_ELEMENTS or array.ndim > wire.MAX_DIMENSIONS:
        return wire.Failure("too large", detail=f"{array.size} numbers")
    return wire.Value(wire.pack(array, name), container)  # type: ignore[arg-type]
