"""Stands in for TensorFlow: the walls are the same without it, and stand in a moment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loaded:
    """Made-up versions."""

    tensorflow: str = "0.1"
    keras: str = "0.2"


def load() -> Loaded:
    """Nothing to load."""
    return Loaded()
