"""Causes of exceptions that only this assignment can put into words."""

from __future__ import annotations

from grader.assignments.custom_losses.exercises import Family
from grader.kit.cause import Cause

OWN = (
    Cause(
        "embeddings",
        "`y_pred` is taken apart here as if it held two things. It holds one number for each pair: "
        "the distance, already computed.",
        node=("unpacking",), topic=Family.CONTRASTIVE,
    ),
    Cause(
        "embeddings",
        "`y_pred` is taken apart here as if it held several columns. It holds one number for each "
        "pair: the distance, already computed.",
        node=("subscript",), name="y_pred", topic=Family.CONTRASTIVE,
    ),
)  # fmt: skip
