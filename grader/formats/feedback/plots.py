"""Pictures as numbers for a template: scales, ticks and paths, without a colour or a tag.

A picture is a few lines in a frame, so a template draws it in well under a millisecond, in the
page's own colours; a plotting library takes fifty times as long, and a class has thousands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.formats.feedback import captions as words
from grader.kit.pictures import Curve, Distances, ExercisePictures, Line, Training

WIDTH, HEIGHT = 320, 200
LEFT, TOP, INNER_WIDTH, INNER_HEIGHT = 44, 10, 264, 150

_ROOM = 1.08
# A curve that leaves the right one far behind also leaves the picture, which stays readable.
_MOST = 2.5
_HUGE = 1e30


@dataclass(frozen=True)
class Tick:
    """A number on an axis, and where it stands inside the frame."""

    at: float
    label: str


@dataclass(frozen=True)
class Trace:
    """One line. kind: the name of its look. dots: the points that are marked."""

    kind: str
    path: str
    dots: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A vertical line with a name, such as the threshold."""

    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """One picture.

    seen: what it shows, in words. keys: the looks in it, with their names. telling: whether
    a mistake can be seen in it.
    """

    title: str
    seen: str
    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    traces: tuple[Trace, ...]
    marks: tuple[Mark, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    telling: bool = False


def plots(pictures: ExercisePictures) -> tuple[Plot, ...]:
    """All pictures of an exercise, in the order in which they should be seen."""
    found = []
    if pictures.losses:
        seen = words.losses(pictures)
        found.append(_curves(pictures, pictures.losses, "The loss", "loss", seen))
    if pictures.slopes:
        seen = words.slopes(pictures)
        found.append(_curves(pictures, pictures.slopes, "Its gradient", "slope", seen))
    if pictures.training is not None:
        found += _training(pictures.training)
    return tuple(found)


@dataclass(frozen=True)
class _Axis:
    """Maps numbers between low and high to a length; `flip` for the vertical one."""

    low: float
    high: float
    length: int
    flip: bool = False

    def __call__(self, value: float) -> float:
        """Where the value stands; far outside becomes just outside, which is clipped."""
        part = (value - self.low) / (self.high - self.low)
        part = min(max(part, -1.0), 2.0)
        return round((1 - part if self.flip else part) * self.length, 1)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Round numbers between the ends: at least two, for one alone gives no scale."""
        step = _round_step((self.high - self.low) / most)
        while True:
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            if last > first:
                break
            step = _round_step(step / 4)
        return tuple(
            Tick(self(index * step), _label(index * step)) for index in range(first, last + 1)
        )


def _axes(xs: Iterable[float], ys: Iterable[float]) -> tuple[_Axis, _Axis]:
    across, up = list(xs), [*ys, 0.0]
    low, high = min(up), max(up)
    middle, half = (low + high) / 2, max((high - low) / 2 * _ROOM, 1e-9)
    return (
        _Axis(min(across), max(across), INNER_WIDTH),
        _Axis(middle - half, middle + half, INNER_HEIGHT, flip=True),
    )


def _curves(
    pictures: ExercisePictures, curves: Sequence[Curve], title: str, y_label: str, seen: str
) -> Plot:
    signed = pictures.signed
    right = [y for curve in curves for y in curve.right]
    low, high = min(0.0, *right), max(right)
    reach = (_MOST - 1) * (high - low)
    yours = [
        min(max(y, low - reach), high + reach)
        for curve in curves
        for y in curve.yours
        if _drawable(y)
    ]
    x, y = _axes(curves[0].xs, [*right, *yours])
    traces = [Trace(f"right {curve.about}", _path(x, y, curve.xs, curve.right)) for curve in curves]
    for curve in curves:
        every = max(1, len(curve.xs) // 10)
        dots = tuple(
            (x(a), y(b))
            for a, b in zip(curve.xs[::every], curve.yours[::every], strict=True)
            if _drawable(b)
        )
        traces.append(Trace(f"yours {curve.about}", _path(x, y, curve.xs, curve.yours), dots))
    name = pictures.spec.hyperparameter
    value = words.number(pictures.hyper)
    borders = (-pictures.hyper, pictures.hyper) if signed else (pictures.hyper,)
    return Plot(
        title=title,
        seen=seen,
        x_label="error, y_true - y_pred" if signed else "distance, y_pred",
        y_label=y_label,
        x_ticks=x.ticks(6),
        y_ticks=y.ticks(4),
        traces=tuple(traces),
        marks=tuple(Mark(x(border), f"{name} {value}") for border in borders),
        keys=_keys(pictures, f"{name} {value}"),
        telling=not words.all_right(curves),
    )


def _keys(pictures: ExercisePictures, border: str) -> tuple[tuple[str, str], ...]:
    if pictures.signed:
        return ("yours", "yours"), ("right", "right"), ("mark", border)
    return (
        ("yours similar", "yours, similar pairs"),
        ("yours dissimilar", "yours, dissimilar pairs"),
        ("right similar", "right, similar"),
        ("right dissimilar", "right, dissimilar"),
        ("mark", border),
    )


def _training(training: Training) -> list[Plot]:
    found = []
    steps = [(float(at), value) for at, value in enumerate(training.losses, 1)]
    steps = [(at, value) for at, value in steps if _drawable(value)]
    if len(steps) > 1:
        x, y = _axes([0.0, float(len(training.losses))], [value for _, value in steps])
        path = _path(x, y, [at for at, _ in steps], [value for _, value in steps])
        found.append(
            Plot(
                "Training with it: loss per step",
                words.training(training),
                "step",
                "loss",
                x.ticks(6),
                y.ticks(4),
                (Trace("yours", path),),
            )
        )
    if isinstance(training.learned, Line):
        found += _line(training.learned)
    else:
        found += _heaps(training.learned)
    return found


def _line(line: Line) -> list[Plot]:
    if not (_drawable(line.slope) and _drawable(line.intercept)):
        return []
    across = [-1.0, 10.0]
    right = [2 * at - 1 for at in across]
    x, y = _axes(across, [*right, -10.0])
    yours = [line.slope * at + line.intercept for at in across]
    points = tuple((x(float(at)), y(2.0 * at - 1)) for at in range(-1, 5))
    return [
        Plot(
            "Training with it: the line",
            words.learned(line),
            "x",
            "y",
            x.ticks(6),
            y.ticks(4),
            (
                Trace("right", _path(x, y, across, right)),
                Trace("yours", _path(x, y, across, yours)),
                Trace("points", "", points),
            ),
            keys=(("yours line", "learned"), ("right", "y = 2x - 1"), ("points", "the six points")),
        )
    ]


def _heaps(distances: Distances) -> list[Plot]:
    groups = (("similar", distances.similar), ("dissimilar", distances.dissimilar))
    everything = [one for _, group in groups for one in group]
    if not everything or not all(_drawable(one) for one in everything):
        return []
    x = _Axis(0.0, max(1.5, max(everything) * _ROOM), INNER_WIDTH)
    rows = {"similar": 0.3 * INNER_HEIGHT, "dissimilar": 0.7 * INNER_HEIGHT}
    traces = tuple(
        Trace(f"pairs {about}", "", _spread(x, group, rows[about])) for about, group in groups
    )
    return [
        Plot(
            "Training with it: pairs it never saw",
            words.learned(distances),
            "distance",
            "",
            x.ticks(6),
            (Tick(rows["similar"], "alike"), Tick(rows["dissimilar"], "differ")),
            traces,
            keys=(("pairs similar", "a similar pair"), ("pairs dissimilar", "a dissimilar pair")),
        )
    ]


def _spread(x: _Axis, values: Sequence[float], middle: float) -> tuple[tuple[float, float], ...]:
    # Points at one distance would hide each other: they dance around the middle of their row.
    return tuple(
        (x(value), round(middle + (index % 3 - 1) * 12, 1)) for index, value in enumerate(values)
    )


def _path(x: _Axis, y: _Axis, xs: Sequence[float], ys: Sequence[float]) -> str:
    """An SVG path; what is no number breaks it."""
    parts, pen = [], "M"
    for a, b in zip(xs, ys, strict=True):
        if not _drawable(b):
            pen = "M"
            continue
        parts.append(f"{pen}{x(a):g} {y(b):g}")
        pen = "L"
    return "".join(parts)


def _drawable(value: float) -> bool:
    """Whether it is a number, and one that can be scaled."""
    return abs(value) < _HUGE


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, ... that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * (1 - 1e-9))


def _label(value: float) -> str:
    # A number as wide as the picture would be no label.
    wide = abs(value) >= 1e5 or 0 < abs(value) < 1e-3
    text = f"{value:.0e}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-") if wide else (
        np.format_float_positional(value, precision=6, trim="-")
    )  # fmt: skip
    return text.replace("-", "\N{MINUS SIGN}") if float(text) else "0"
