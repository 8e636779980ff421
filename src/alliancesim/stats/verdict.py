"""How certain the sign of a difference is, on one graded scale.

The scale is for what is not known: the share of the draws of the parameters in which the expected
difference is above zero. Where the draws cannot say, the sampling interval of the mean does.
"""

from __future__ import annotations

import math
from typing import Literal

import attrs

__all__ = ["ENOUGH_EVENTS", "LEANS", "SURE", "Grade", "Verdict", "grade"]

Grade = Literal[
    "rises", "leans to a rise", "open", "leans to a fall", "falls", "no change", "too rare to say"
]

SURE = 0.95
"""Share of the draws from which on a sign is called certain over what is not known."""
LEANS = 0.8
"""Share of the draws from which on a sign is said to lean one way."""
ENOUGH_EVENTS = 30
"""Worlds with an event, or that differ, below which nothing is said of a count."""


@attrs.frozen
class Verdict:
    """The sign of a difference and how certain it is.

    Parameters
    ----------
    grade : str
        "rises" and "falls" (in at least 95 of 100 draws of what is not known), "leans to a rise"
        and "leans to a fall" (in at least 80), "open", "no change" (the arms never differ) and
        "too rare to say" (fewer than 30 worlds differ, or neither the draws nor a sampling
        interval say more).
    positive : float
        The share of the draws in which the expected difference is above zero; NaN where the run
        cannot say.
    by : {"draws", "sampling", "worlds"}
        What the grade rests on: the draws of what is not known; the sampling interval of the mean
        alone, where there is no more; or the number of worlds that differ.
    """

    grade: Grade
    positive: float
    by: Literal["draws", "sampling", "worlds"]

    @property
    def sign(self) -> int:
        """1 for a rise and what leans to it, −1 for a fall and what leans to it, else 0."""
        if "rise" in self.grade:
            return 1
        return -1 if "fall" in self.grade else 0

    @property
    def certain(self) -> bool:
        """Whether the sign is the same in at least 95 of 100 draws of what is not known."""
        return self.by == "draws" and self.grade in ("rises", "falls")

    @property
    def of_100(self) -> int:
        """Draws in 100 that have the sign that more of them have; 0 where the run cannot say."""
        if math.isnan(self.positive):
            return 0
        return round(100 * max(self.positive, 1 - self.positive))

    def __str__(self) -> str:
        """Return the grade in words."""
        if self.by == "worlds":
            return self.grade
        if self.by == "sampling":
            if self.grade == "open":
                return "open: not told apart from sampling noise"
            return f"{self.grade} on average; over what is not known, not told"
        if self.grade == "open":
            return f"open: rises in {round(100 * self.positive)} of 100 draws"
        if self.grade.startswith("leans"):
            return f"{self.grade}: in {self.of_100} of 100 draws"
        return f"{self.grade} in {self.of_100} of 100 draws"


def grade(
    low: float, high: float, positive: float, differing: float, *, count: bool = True
) -> Verdict:
    """Return the verdict on a difference.

    Parameters
    ----------
    low, high : float
        The sampling interval of its mean; NaN where the mean rests on too few draws for one.
    positive : float
        Share of the draws of the parameters in which the expected difference is above zero, 0 to
        1; NaN where the run cannot say.
    differing : float
        Number of worlds in which the two arms differ.
    count : bool
        Whether it is a count of events, of which a few worlds say too little. A conditional
        expectation or a mean over months differs in small steps, and is judged by its interval.

    Returns
    -------
    Verdict
    """
    if differing == 0:
        return Verdict("no change", math.nan, "worlds")
    if (math.isnan(low) and math.isnan(positive)) or (count and differing < ENOUGH_EVENTS):
        return Verdict("too rare to say", math.nan, "worlds")
    if math.isnan(positive):
        if low <= 0 <= high:
            return Verdict("open", math.nan, "sampling")
        return Verdict("rises" if low > 0 else "falls", math.nan, "sampling")
    return Verdict(_of_share(positive), positive, "draws")


def _of_share(positive: float) -> Grade:
    if positive >= SURE:
        return "rises"
    if positive <= 1 - SURE:
        return "falls"
    if positive >= LEANS:
        return "leans to a rise"
    return "leans to a fall" if positive <= 1 - LEANS else "open"
