"""Asks for one element at a time, where several together give what can't be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.kit.interface import Answer, Batch


def one_by_one(ask: Callable[[Batch], Answer], batch: Batch) -> Answer:
    """The answers to each element alone, in the batch's shape. Raises NoAnswer.

    Where an element gets other than one value it counts as NaN, which agrees with nothing.
    """
    shape = batch.y_pred.shape
    elements = zip(batch.y_true.ravel(), batch.y_pred.ravel(), strict=True)
    alone = (1,) * len(shape)
    answers = [ask(Batch.of(y_true, y_pred, alone)) for y_true, y_pred in elements]
    values = [each.values.item() if each.values.size == 1 else np.nan for each in answers]
    return replace(answers[0], values=np.array(values, dtype=np.float64).reshape(shape))
