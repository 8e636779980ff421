"""Functions that several rules share, safe at the edges of their domains."""

from __future__ import annotations

import math

import numpy as np

from alliancesim._compile import compilable

__all__ = ["ONE", "ZERO", "clip", "logistic", "logit"]

# Typed: a literal in a call is compiled for each value.
ZERO, ONE = np.int64(0), np.int64(1)  #: where a call takes a whole number that never differs


@compilable
def clip(x, low, high):
    """Return x held between low and high."""
    return low if x < low else (high if x > high else x)


@compilable
def logistic(x):
    """Logistic function 1 / (1 + exp(-x)); saturates beyond ±700 instead of overflowing."""
    return 1.0 / (1.0 + math.exp(-clip(x, -700.0, 700.0)))


@compilable
def logit(p):
    """Log-odds of a probability in (0, 1)."""
    return math.log(p / (1.0 - p))
