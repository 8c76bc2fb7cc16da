"""One element at a time, put together in the shape of the batch."""

from __future__ import annotations

import numpy as np

from grader.kit.elementwise.singly import one_by_one
from grader.kit.interface import Answer, Batch

BATCH = Batch.of([1.0, 2.0, 3.0, 4.0], [0.5, 0.5, 1.0, 1.0], (2, 2))


def test_each_element_is_asked_alone_in_as_many_dimensions() -> None:
    asked: list[Batch] = []

    def largest(batch: Batch) -> Answer:
        asked.append(batch)
        return Answer(np.asarray(np.max(batch.y_true - batch.y_pred)), "float32", "tensor")

    answer = one_by_one(largest, BATCH)
    assert [batch.y_pred.shape for batch in asked] == [(1, 1)] * 4
    assert np.array_equal(answer.values, [[0.5, 1.5], [2.0, 3.0]])
    assert (answer.dtype, answer.container) == ("float32", "tensor")


def test_what_gives_more_than_a_number_agrees_with_nothing() -> None:
    two = Answer(np.zeros(2), "float32", "tensor")
    assert np.all(np.isnan(one_by_one(lambda _: two, BATCH).values))
