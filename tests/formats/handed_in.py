"""Graded notebooks made by hand, as a feedback page takes them: no sandbox, real pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import msgspec
import numpy as np

from grader.assignments.custom_losses import oracle
from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES, Family
from grader.assignments.custom_losses.fixture import attempt_at
from grader.assignments.custom_losses.misconceptions import EXPLAINED
from grader.authoring.mutation.numpy_loss import Formula, NumpyLoss
from grader.judging.showing.pictures import taken
from grader.kit.exercises import ExerciseSpec
from grader.kit.inputs import trainings as problems
from grader.kit.pictures import ExercisePictures
from grader.report import (
    Check,
    CheckStatus,
    Diagnosis,
    Exercise,
    ExerciseStatus,
    Place,
    Report,
    Slip,
    Span,
    Status,
)
from grader.worker import wire
from tests import reports

SNEAKY = (
    "</p></pre></code><script>alert(1)</script><img src=x onerror=alert(1)>"
    " \u202eevil\u202c \x1b[31m"
)
LIVE_MARKDOWN = """# <script>alert("a heading")</script>

<img src=x onerror=alert(1)> <svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>

<style>body { display: none }</style><iframe src="http://tracker.example/frame"></iframe>
<meta http-equiv="refresh" content="0; url=http://tracker.example/">

[a link](javascript:alert(1)) [another](data:text/html,<script>alert(1)</script>) [third][ref]
![a picture](http://tracker.example/pixel.png) <http://plain.example/page>

[ref]: JaVaScRiPt:alert(1)

$</code><script>alert(1)</script>$ and $\\text{<img src=x onerror=alert(1)>}$ and
$\\href{javascript:alert(1)}{x} \\style{display:none}{x} \\hspace{90000em} \\class{box}{y}$
and \u202egnp.exe\u202c and \x1b[31mred

```mermaid
<img src=x onerror=alert(1)>
```

```<script>alert(1)</script>
x
```

| <b>bold</b> | " onmouseover=alert(1) |
| :-- | -- |
| </td></table><script>alert(1)</script> | x |
"""


@dataclass(frozen=True)
class HandedIn:
    """What the judge would give back."""

    report: Report
    cells: tuple[wire.Cell, ...] = ()
    pictures: tuple[ExercisePictures, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def formula_of(spec: ExerciseSpec) -> Formula:
    """The right formula of an exercise, reduced as it is asked for."""
    if spec.topic == Family.HUBER:
        return oracle.huber
    return lambda t, p, m: np.asarray(np.mean(oracle.contrastive(t, p, m)))


def drawn(name: str, formula: Formula | None = None) -> ExercisePictures:
    """The pictures of a loss with this formula; the right one without any."""
    spec = BY_NAME[name]
    attempt = attempt_at(spec, NumpyLoss(formula or formula_of(spec)))
    attempt.train(problems.LINE if spec.topic == Family.HUBER else problems.SIAMESE)
    return taken(attempt, attempt)


def _cells(*bodies: str) -> tuple[wire.Cell, ...]:
    """A small notebook: a title, an import, then for each exercise a text and its code."""
    cells = [
        wire.Cell(
            "markdown", "# Custom losses\n\nWith $a = y - p$ and a table:\n\n|x|y|\n|-|-|\n|1|2|"
        ),
        wire.Cell("code", "import tensorflow as tf"),
        wire.Cell("code", "model.fit(x, y)\n" * 30),
    ]
    for spec, body in zip(EXERCISES, bodies, strict=False):
        cells.append(wire.Cell("markdown", f"## {spec.name}\n\nWrite it **yourself**."))
        cells.append(wire.Cell("code", body))
    return tuple(cells)


def _body(name: str) -> str:
    return f"def {name}(y_true, y_pred):\n    # as the formula says\n    return tf.abs(y_true)"


def _places() -> dict[str, Place]:
    return {spec.name: Place(5 + 2 * index, 1) for index, spec in enumerate(EXERCISES)}


@cache
def right() -> HandedIn:
    """Everything right."""
    exercises = [
        reports.make_exercise(
            spec.name,
            reports.make_check("small_errors", points=spec.points - 5),
            reports.make_check("training"),
            cells=(2, 5 + 2 * index),
        )
        for index, spec in enumerate(EXERCISES)
    ]
    return HandedIn(
        reports.make_report(*exercises, message="All six exercises are right."),
        _cells(*(_body(spec.name) for spec in EXERCISES)),
        tuple(drawn(spec.name) for spec in EXERCISES),
        _places(),
    )


@cache
def half_right() -> HandedIn:
    """Each exercise wrong in its own way, with pictures of wrong curves."""
    wrong = reports.make_check(
        "large_errors", CheckStatus.FAILED, 5, "Large errors cost too much.", Place(5, 3)
    )
    exercises = [
        reports.make_exercise(
            spec.name,
            reports.make_check("small_errors", points=spec.points - 5),
            wrong,
            cells=(2, 5 + 2 * index),
            diagnosis=Diagnosis(
                "quadratic-everywhere", "Your loss is quadratic everywhere.", ("large_errors",)
            ),
        )
        for index, spec in enumerate(EXERCISES)
    ]
    return HandedIn(
        reports.make_report(
            *exercises,
            message="Of six exercises: 6 partly right.",
            notes=("`x` is defined twice; the last one counts.",),
        ),
        _cells(*(_body(spec.name) for spec in EXERCISES)),
        (
            drawn("my_huber_loss", lambda t, p, d: (t - p) ** 2 / 2),
            drawn("my_huber_loss_with_threshold", lambda t, p, d: oracle.huber(t, p, 1.0)),
            drawn(
                "contrastive_loss",
                lambda t, p, m: np.asarray(np.mean(oracle.contrastive(1 - t, p, m))),
            ),
        ),
        _places(),
    )


SLIPPED = """\
def my_huber_loss(y_true, y_pred):
\terror = y_true - y_pred
\tis_small = tf.abs(error) <= 1
\treturn tf.where(is_small, tf.square(error / 2), tf.abs(error) - 0.5)"""


@cache
def one_slip() -> HandedIn:
    """One exercise right but for a bracket, whose place is known; all others right."""
    checks = [
        reports.make_check("small_errors", CheckStatus.FAILED, 3, "Too small.", Place(5, 1)),
        reports.make_check("large_errors", points=4),
        *(
            reports.make_check(
                f"later_{n}", CheckStatus.SKIPPED, 0.8, "It counts once the formula is right."
            )
            for n in range(10)
        ),
    ]
    slip = Slip("bracket", "The half belongs outside of the square.", Span(5, 4, 28, 4, 48))
    whole = right()
    slipped = msgspec.structs.replace(
        reports.make_exercise("my_huber_loss", *checks, cells=(2, 5)), slip=slip
    )
    return HandedIn(
        reports.make_report(
            slipped, *whole.report.exercises[1:], message="Of six exercises: 5 right, 1 partly."
        ),
        _cells(SLIPPED, *(_body(spec.name) for spec in EXERCISES[1:])),
        (
            drawn(
                "my_huber_loss",
                lambda t, p, d: np.where(
                    np.abs(t - p) <= d, ((t - p) / 2) ** 2, oracle.huber(t, p, d)
                ),
            ),
            *whole.pictures[1:],
        ),
        whole.places,
    )


@cache
def broken() -> HandedIn:
    """Cells that are no Python, and one whose definition stops."""
    exercises = [
        reports.make_exercise(
            spec.name,
            reports.make_check("small_errors", CheckStatus.SKIPPED, spec.points, "", line),
            status=ExerciseStatus.BROKEN,
            message=message,
            cells=(line.cell,),
        )
        for spec, line, message in (
            (
                EXERCISES[0],
                Place(5, 3),
                "Cell 5 is no Python: in line 3 a bracket is never closed.",
            ),
            (EXERCISES[1], Place(7, 1), "Its definition can't be executed."),
        )
    ]
    return HandedIn(
        reports.make_report(*exercises, message="Nothing counts yet."),
        _cells(*(_body(spec.name) for spec in EXERCISES[:2])),
        places=_places(),
    )


@cache
def missing() -> HandedIn:
    """Nothing there but one name written wrongly."""
    exercises = [_missing(spec) for spec in EXERCISES]
    return HandedIn(
        reports.make_report(*exercises, message="None of the six exercises is in this notebook."),
        (wire.Cell("code", "def my_hubber_loss(y_true, y_pred):\n    return 0"),),
        places={"my_huber_loss": Place(1, 1)},
    )


def _missing(spec: ExerciseSpec) -> Exercise:
    return reports.make_exercise(
        spec.name,
        reports.make_check("small_errors", CheckStatus.SKIPPED, spec.points),
        status=ExerciseStatus.MISSING,
        message=f"No cell of the notebook defines `{spec.name}`.",
        cells=(),
    )


@cache
def hostile() -> HandedIn:
    """Live content wherever a student can put text."""
    checks = (
        Check("scale", SNEAKY, CheckStatus.ERROR, 0, 5, SNEAKY, Place(2, 1)),
        Check("shapes", "shapes", CheckStatus.FAILED, 0, 5, SNEAKY * 50, Place(99, 10**9)),
    )
    exercises = [
        reports.make_exercise(
            spec.name,
            *checks,
            message=SNEAKY,
            diagnosis=Diagnosis("x", SNEAKY, tuple(EXPLAINED)),
            cells=(2, 10**9),
        )
        for spec in EXERCISES
    ]
    bad, much = float("nan"), np.float64(3e38)
    pictures = drawn(
        "my_huber_loss",
        lambda t, p, d: np.where(
            t > 2, bad, np.where(t < 0, np.inf, np.clip(much * t, -much, much))
        ),
    )
    cells = (
        wire.Cell("markdown", LIVE_MARKDOWN),
        wire.Cell("code", f"# {SNEAKY}\nx = '''{SNEAKY}\n'''"),
        wire.Cell("raw", SNEAKY),
        wire.Cell("markdown", "long" * 10_000),
        wire.Cell("code", "{{ 7 * 191 }} {% raw %} \n" * 2000),
        wire.Cell("code", ""),
        wire.Cell("markdown", "*" * 5000 + "[" * 900),
    )
    return HandedIn(
        reports.make_report(
            *exercises, message=SNEAKY, notes=(SNEAKY,), file=SNEAKY, student=SNEAKY
        ),
        cells,
        (pictures,),
        {"my_huber_loss": Place(2, 1), "MyHuberLoss": Place(10**9, 1)},
    )


@cache
def unreadable() -> HandedIn:
    """A file that is no notebook."""
    exercises = [_missing(spec) for spec in EXERCISES]
    message = "The file is no Jupyter notebook."
    return HandedIn(reports.make_report(*exercises, status=Status.UNREADABLE, message=message))


ALL = {
    "right": right,
    "one slip": one_slip,
    "half right": half_right,
    "broken": broken,
    "missing": missing,
    "hostile": hostile,
    "unreadable": unreadable,
}
