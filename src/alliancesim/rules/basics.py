"""Functions that several rules share, safe at the edges of their domains."""

from __future__ import annotations

import math

from alliancesim._compile import compiled

__all__ = ["clip", "decline", "logistic", "logit"]


@compiled
def clip(x, low, high):  # type: ignore[no-untyped-def]
    """Return x held between low and high."""
    return low if x < low else (high if x > high else x)


@compiled
def logistic(x):  # type: ignore[no-untyped-def]
    """Logistic function 1 / (1 + exp(-x)); saturates beyond ±700 instead of overflowing."""
    return 1.0 / (1.0 + math.exp(-clip(x, -700.0, 700.0)))


@compiled
def logit(p):  # type: ignore[no-untyped-def]
    """Log-odds of a probability in (0, 1)."""
    return math.log(p / (1.0 - p))


@compiled
def decline(distance_km, scale_km):  # type: ignore[no-untyped-def]
    """Exponential decline exp(-distance / scale), in (0, 1]; both in km, scale above 0."""
    return math.exp(-distance_km / scale_km)
