"""One small edit away from right: what is found, where, and what is never called that."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring import slips, variants
from grader.authoring.mutation import token_mutants
from grader.authoring.variants import to_notebook
from grader.judging.mending.finding import Mended, _verified, find_slip
from grader.judging.mending.searching import Candidate
from grader.judging.trying.opening import opened
from grader.judging.trying.time_limits import Budget
from grader.judging.trying.trials import Trying
from grader.report import CheckStatus
from grader.sandbox import Sandbox
from grader.worker import wire
from tests import notebooks
from tests.judging.conftest import Grade

SMALL_AND_LARGE = """\
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = {small}
    large = {large}
    return tf.where(tf.abs(error) <= 1, small, large)
"""
RIGHT = {"small": "tf.square(error) / 2", "large": "tf.abs(error) - 0.5"}


def mended(sandbox: Sandbox, source: str, name: str) -> Mended | None:
    """The slip in one exercise of a notebook."""
    data = to_notebook(source)
    with ExitStack() as stack:
        trying = Trying(ASSIGNMENT, data, sandbox, stack, Budget())
        (finding,) = opened(trying.open(), data, (name,)).findings  # type: ignore[union-attr]
        trial = trying.alone([name])[name] if finding.state == "found" else None
        return find_slip(trying, name, trial)


def lines(slip: Mended | None) -> list[int]:
    """The lines in which the slip is seen to be."""
    assert slip is not None
    return [span.line for span in slip.spans]


@pytest.mark.wall
class TestFound:
    def test_a_missing_half(self, sandbox: Sandbox) -> None:
        """The kind of edit and the line are told, and the mended answer passes everything."""
        source = SMALL_AND_LARGE.format(**{**RIGHT, "small": "tf.square(error)"})
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert slip.kind == "added step"
        assert lines(slip) == [5]
        assert {each.status for each in slip.trial.outcomes} == {CheckStatus.PASSED}

    def test_a_misspelt_name(self, sandbox: Sandbox) -> None:
        source = SMALL_AND_LARGE.format(**RIGHT).replace("def my_huber", "def my_hubber")
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert (slip.kind, lines(slip)) == ("definition", [3])

    def test_a_bracket_that_is_never_closed(self, sandbox: Sandbox) -> None:
        source = SMALL_AND_LARGE.format(**{**RIGHT, "large": "tf.abs(error - 0.5"})
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert (slip.kind, lines(slip)) == ("character", [6])

    def test_an_answer_that_needs_autograph(self, sandbox: Sandbox) -> None:
        """TensorFlow reads the source of the mended answer, not of the one that was handed in."""
        source = SMALL_AND_LARGE.format(**{**RIGHT, "small": "tf.square(error)"})
        asks = "    if tf.size(y_pred) == 0:\n        return error\n    small ="
        source = source.replace("    small =", asks).replace("def my", "@tf.function\ndef my")
        assert lines(mended(sandbox, source, "my_huber_loss")) == [8]

    def test_a_decorated_answer(self, sandbox: Sandbox) -> None:
        """Tracing anew for each edit would take a minute."""
        source = SMALL_AND_LARGE.format(**{**RIGHT, "small": "tf.square(error)"})
        slip = mended(sandbox, source.replace("def my", "@tf.function\ndef my"), "my_huber_loss")
        assert lines(slip) == [6]


@pytest.mark.wall
def test_a_class_under_another_name_is_no_wrapper_under_another_name(sandbox: Sandbox) -> None:
    """It makes losses too, and would stand for two exercises at once."""
    source = notebooks.IMPORTS + notebooks.CONTRASTIVE_CLASS.replace(
        "ContrastiveL", "Contrastive_L"
    )
    assert mended(sandbox, source, "contrastive_loss_with_margin") is None
    slip = mended(sandbox, source, "ContrastiveLoss")
    assert slip is not None
    assert slip.kind == "definition"


class Liar:
    """A child that takes every edit, and gives the mended definition a name of its choice."""

    def __init__(self, name: str) -> None:
        self.name, self.closed = name, False

    def ask(self, request: wire.Request, _: object) -> wire.Reply:
        if isinstance(request, wire.Propose):
            return wire.Proposals(switches=False, proposals=(wire.Proposal("return", 1, ()),))
        return wire.Defined((wire.Definition(self.name, "function"),))

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("name", ["nobody", "MyHuberLoss"])
def test_what_a_child_calls_the_mended_definition_is_not_believed(name: str) -> None:
    """Another exercise would be judged in place of this one, or none that there is."""
    child, spec = Liar(name), ASSIGNMENT.spec("my_huber_loss")

    def judged(*_: object, **__: object) -> None:
        raise AssertionError("it was judged")

    trying = SimpleNamespace(assignment=ASSIGNMENT, holding=lambda _: child, in_child=judged)
    best = Candidate(1, "return", 1, ())
    assert _verified(cast("Trying", trying), spec, best, switches=False) is None
    assert child.closed


OTHER_LOSSES = {
    "mean squared error": "tf.reduce_mean(tf.square(y_true - y_pred))",
    "squared error": "tf.square(y_true - y_pred)",
    "absolute error": "tf.abs(y_true - y_pred)",
    "log-cosh": "tf.math.log(tf.math.cosh(y_pred - y_true))",
    "pseudo-Huber": "{t} ** 2 * (tf.sqrt(1 + tf.square((y_true - y_pred) / {t})) - 1)",
    "cross-entropy": "-tf.reduce_mean(y_true * tf.math.log(y_pred + 1e-7)"
    " + (1 - y_true) * tf.math.log(1 - y_pred + 1e-7))",
    "hinge": "tf.reduce_mean(tf.maximum({t} - (2 * y_true - 1) * y_pred, 0))",
    "squared hinge": "tf.reduce_mean(tf.square(tf.maximum({t} - (2 * y_true - 1) * y_pred, 0)))",
    "cosine": "-tf.reduce_sum(tf.nn.l2_normalize(y_true) * tf.nn.l2_normalize(y_pred))",
    "epsilon-insensitive": "tf.maximum(tf.abs(y_true - y_pred) - {t}, 0)",
}
FORMS = {
    "my_huber_loss": "def my_huber_loss(y_true, y_pred):\n    threshold = 1.0\n    return {}\n",
    "contrastive_loss": "def contrastive_loss(y_true, y_pred):\n    margin = 1.0\n    return {}\n",
    "my_huber_loss_with_threshold": "def my_huber_loss_with_threshold(threshold):\n"
    "    def loss(y_true, y_pred):\n        return {}\n    return loss\n",
    "ContrastiveLoss": "class ContrastiveLoss(tf.keras.losses.Loss):\n"
    "    def __init__(self, margin=1.0):\n        super().__init__()\n"
    "        self.margin = margin\n"
    "    def call(self, y_true, y_pred):\n        return {}\n",
}


@pytest.mark.wall
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("formula", OTHER_LOSSES.values(), ids=OTHER_LOSSES)
def test_another_loss_under_the_name_is_never_mended(
    sandbox: Sandbox, formula: str, name: str
) -> None:
    given = "margin" if "ontrastive" in name else "threshold"
    given = f"self.{given}" if name == "ContrastiveLoss" else given
    source = "import tensorflow as tf\n\n" + FORMS[name].format(formula.format(t=given))
    assert mended(sandbox, source, name) is None


# Drawn once; another seed draws others. `grader validate --mutants` draws ten times as many.
SEED, MUTANTS = 31, 24


@pytest.mark.wall
def test_slips_that_nobody_thought_of(sandbox: Sandbox, graded: Grade, project: Path) -> None:
    """Tokens and lines that went wrong in right answers are found, and mostly in their line."""
    drawn = token_mutants.drawn(variants.load(ASSIGNMENT, project), MUTANTS, SEED)
    table = slips.of_mutants(drawn, [graded(each.notebook) for each in drawn])
    assert table.known > MUTANTS / 2
    assert table.found_share >= 0.85, table.missed
    assert table.placed_share >= 0.92, table.misplaced


@pytest.mark.wall
def test_the_same_bytes_have_the_same_slip(graded: Grade) -> None:
    """The number of edits decides what is tried, and no clock."""
    source = SMALL_AND_LARGE.format(**{**RIGHT, "small": "tf.square(error) // 2"})
    one, other = (graded(to_notebook(source)).exercises[0].slip for _ in range(2))
    assert one is not None
    assert one == other


@pytest.mark.wall
@pytest.mark.parametrize("name", sorted(notebooks.HONEST.keys() - {"imports"}))
def test_no_exercise_is_the_misspelt_name_of_another(sandbox: Sandbox, name: str) -> None:
    """A class of the same loss does what the wrapper would, and was not written as it."""
    others = (cell for other, cell in notebooks.HONEST.items() if other != name)
    assert mended(sandbox, "\n\n".join(others), name) is None
