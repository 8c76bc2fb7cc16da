"""`python -m tests.hostile.capacity`: how much of the hidden inputs one report can carry, at most.

Counted is what a notebook can choose that has everything its own way: of each check, which of all
messages it can get, and of each exercise, which exceptions are told, and which edit mends it.
Whatever the code knows of the inputs has to fit into these choices. What is drawn on a page is
not among them: it comes from a process that has seen no hidden input.
"""

from __future__ import annotations

import sys
from math import log2

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.assignments.custom_losses.misconceptions import MISCONCEPTIONS
from grader.judging import rubric_run
from grader.judging.reasons import causes, quoting
from grader.kit.interface import MAX_TOLD_DIMENSIONS, MAX_TOLD_SIZE
from grader.worker.wire import MAX_EDITS, MAX_WORDS

# Of a very long notebook; a line more or less changes nothing that anybody could use.
LINES = 1000
# Sentences of the checks themselves about values: each check has fewer.
SENTENCES = 512
# The ways in which a child can be lost, and those in which a call gives no value.
_LOSSES, _FAILURES = 6, 7
_DTYPES = 8


def names() -> int:
    """The names that may be quoted."""
    return len(quoting._KNOWN_NAMES) + MAX_WORDS


def exception() -> float:
    """The bits of one exception that is told: its type, its text, its line, and its cause.

    Of a cause the words say one name at most, which stands in the notebook.
    """
    texts = 1 + sum(names() ** sentence.groups for sentence in quoting._SENTENCES)
    told = log2(len((*ASSIGNMENT.causes, *causes.GENERAL)) + 1) + log2(names() + 1)
    return log2(names() + 1) + log2(texts) + log2(LINES + 1) + told


def check() -> float:
    """The bits of one check: passed, or with which of all messages not."""
    shapes = sum((MAX_TOLD_SIZE + 1) ** size for size in range(MAX_TOLD_DIMENSIONS + 1)) + 1
    told = quoting.MOST_TOLD + 2  # that of the public example, and that there is one more
    choices = 2 + SENTENCES + shapes + names() + told + _LOSSES + _FAILURES + _DTYPES
    return log2(choices)


def report() -> float:
    """The bits of a whole report."""
    checks = len(rubric_run.table(ASSIGNMENT)) * check()
    exceptions = len(EXERCISES) * quoting.MOST_TOLD * exception()
    diagnoses = len(EXERCISES) * log2(len(MISCONCEPTIONS) + 1)
    # Which of all edits makes an exercise right: that says its kind, its place and its points.
    slips = len(EXERCISES) * log2(MAX_EDITS + 1)
    return checks + exceptions + diagnoses + slips


if __name__ == "__main__":
    sys.stdout.write(
        f"a check {check():.0f} bits, an exception {exception():.0f}, a report {report():.0f}\n"
    )
