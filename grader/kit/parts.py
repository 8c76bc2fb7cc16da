"""What an exercise is made of, in the order in which its checks are made.

Each check belongs to a part (`@pytest.mark.part`). A check that has a meaning for the right
loss alone names what it needs (`@pytest.mark.needs`): parts or single checks, all of which have
to be passed, or else it is skipped and costs its points. One that has a meaning, but should
earn nothing before others are passed, names those (`@pytest.mark.after`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part: what it is, and what has to become of it.

    Together they end a sentence that begins with "Counts once". `{hyperparameter}` in it is the
    hyperparameter's name.
    """

    noun: str
    done: str = "is right"


PARTS: Mapping[str, Part] = {
    "formula": Part("the formula"),
    "hyperparameter": Part("the {hyperparameter} that was given", "is the one in force"),
    "making": Part("each loss", "keeps the {hyperparameter} that it was made with"),
    "keras": Part("the class", "is one that Keras can call"),
    "use": Part("its use in Keras"),
    "form": Part("the form of what it takes and returns"),
    "whole": Part("all else"),
}
