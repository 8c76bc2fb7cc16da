"""Causes of exceptions that only this assignment can put into words."""

from __future__ import annotations

import re

from grader.assignments.custom_losses.exercises import EXERCISES, Family
from grader.kit.cause import Cause

_EXERCISES = "|".join(re.escape(each.name) for each in EXERCISES)

OWN = (
    Cause(
        "another exercise",
        "`{name}` is another exercise, which this one needs, and no cell that can be run defines "
        "it. Write that one first.",
        raised=("NameError",), node=("name",), name=_EXERCISES,
    ),
    Cause(
        "ready-made loss",
        "`{name}` does not exist, and would not help: the exercise is to write the formula "
        "yourself, and a ready-made loss earns nothing.",
        raised=("AttributeError",), name=r".*\.(?:\w*huber\w*|\w*Huber\w*|contrastive_loss)",
        module=r"tensorflow|keras",
    ),
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
