"""What a slip costs here, by its kind."""

from __future__ import annotations

from grader.kit.slips import SlipPolicy

# By how much of the exercise is understood where such a slip is made: a name that is misspelt says
# nothing about the formula; labels or arguments the wrong way round say something, and so does a
# class that Keras can't use.
SLIPS = SlipPolicy(
    cost=0.48,
    by_kind={
        **dict.fromkeys(("definition", "spelling", "import"), 0.39),
        **dict.fromkeys(("brackets", "character", "comparison", "constant", "name", "shape"), 0.45),
        **dict.fromkeys(("base class", "call", "deleted", "exchange", "function"), 0.54),
        **dict.fromkeys(("labels", "method", "operator"), 0.54),
    },
)
