"""Numbers in print: as many digits as their interval supports, and a true minus."""

from __future__ import annotations

import math

__all__ = ["decimals", "factor", "interval", "number", "plus_minus", "span"]

NONE = "–"
TINY = 1e-5
"""Below this an interval is shown with a power of ten."""


def decimals(value: float, figures: int) -> int:
    """Return how many decimals show a value with so many significant figures, 0 to 6."""
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, min(6, figures - 1 - math.floor(math.log10(abs(value)))))


def number(value: float, places: int | None = None, *, sign: bool = False) -> str:
    """Return a number with so many decimals, or with three significant figures."""
    if not math.isfinite(value):
        return NONE
    shown = decimals(value, 3) if places is None else places
    text = f"{value:{'+' if sign else ''}.{shown}f}"
    if not text.strip("+-0."):
        text = text.lstrip("+-")
    return text.replace("-", "−")


def span(low: float, high: float) -> str:
    """Return an interval, to two significant figures of its half."""
    if math.isnan(low) or math.isnan(high):
        return NONE
    if 0 < high - low < TINY:
        return f"{low:+.0e} to {high:+.0e}".replace("-", "−")
    places = decimals((high - low) / 2, 2)
    return f"{number(low, places, sign=True)} to {number(high, places, sign=True)}"


def interval(mean: float, low: float, high: float, effective: float) -> str:
    """Return a sampling interval, or in words why there is none.

    Parameters
    ----------
    mean, low, high : float
        The mean, and the ends of its interval; NaN where that is absent.
    effective : float
        Effective number of draws that its error rests on; NaN where one draw alone was played.
    """
    if not math.isnan(low) or math.isnan(effective):
        return span(low, high)
    if effective > 0:
        return "too rare"
    return "none seen" if mean == 0 else "all alike"


def plus_minus(mean: float, half: float) -> str:
    """Return a difference and half of its interval, to two significant figures of that."""
    if math.isnan(half):
        return number(mean, sign=True)
    if 0 < half < TINY:
        return f"{mean:+.0e} ± {half:.0e}".replace("-", "−")
    places = decimals(half, 2) if half > 0 else decimals(mean, 3)
    return f"{number(mean, places, sign=True)} ± {number(half, places)}"


def factor(value: float) -> str:
    """Return a variance factor, with one decimal."""
    if math.isnan(value):
        return NONE
    return "∞" if math.isinf(value) else f"{value:.1f}"
