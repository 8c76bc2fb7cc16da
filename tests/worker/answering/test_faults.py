"""What the worker reports of an exception: its own words, without what TensorFlow puts around."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import tensorflow as tf

from grader.worker import wire
from grader.worker.answering.faults import described
from tests.worker.cells import run


def of(function: Callable[..., object], *arguments: object) -> wire.Raised:
    try:
        function(*arguments)
    except Exception as error:  # noqa: BLE001 - any will do
        return described(error)
    pytest.fail("nothing was raised")


def test_a_line_of_the_notebook_that_raises_is_the_students_own() -> None:
    ran = run("def f():\n    raise ValueError('mine')", names=("f",))
    assert of(ran["f"]) == wire.Raised("ValueError", "mine", wire.Spot(1, 2), own=True)


def test_a_line_of_a_library_that_raises_is_not() -> None:
    ran = run("import tensorflow as tf\ndef f():\n    return tf.reshape([1.0], [2])", names=("f",))
    found = of(ran["f"])
    assert (found.own, found.spot) == (False, wire.Spot(1, 3))


def test_names_of_devices_and_operations_are_left_out() -> None:
    found = of(lambda: tf.reshape([1.0], [2]))
    assert "function_node" not in found.text
    assert "[Op:" not in found.text
    assert found.text.startswith("Input to reshape is a tensor with 1 values")


def test_autographs_own_traceback_is_left_out() -> None:
    ran = run("def f(x):\n    return x.numpy()", names=("f",))
    found = of(tf.function(ran["f"]), tf.constant(1.0))
    assert found.text.strip() == "'SymbolicTensor' object has no attribute 'numpy'"


def test_an_exception_that_can_not_be_read_has_no_words() -> None:
    silent = "class E(Exception):\n    def __str__(self):\n        raise SystemExit\n"
    assert of(run(f"{silent}def f():\n    raise E", names=("f",))["f"]).text == ""
