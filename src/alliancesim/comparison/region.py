"""The region of the priors in which a difference has a sign more often: a box found by PRIM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import attrs
import numpy as np

from alliancesim.comparison.drivers import Question, question
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.narrative.formatting import number
from alliancesim.stats.paired import score_interval
from alliancesim.stats.prim import Box, Limit, peeled

if TYPE_CHECKING:
    from alliancesim.comparison.estimates import Contrast
    from alliancesim.comparison.result import Comparison

__all__ = ["Region", "region"]

_LEAST_DRAWS = 100


@attrs.frozen(kw_only=True)
class Region:
    """A box of what is drawn in which a difference has a sign more often than elsewhere.

    The box is found on every other draw, and all numbers are of the draws between, which had no
    part in it. The sign of a draw is that of its mean, sampling noise included.

    Parameters
    ----------
    metric, unit, focus : str
    arm, against : str
        The contrast.
    sign : {"positive", "negative"}
    limits : dict of str to Limit
        By what is drawn; empty if no box was found.
    words : dict of str to str
        Each limit in words.
    draws : int
        Draws that the numbers are of.
    inside : int
        Of these, draws in the box.
    everywhere, density, outside : float
        Share of draws with the sign: of all, of those in the box with its 95 % score interval
        `density_low` to `density_high`, and of the others. NaN where there are none.
    coverage : float
        Share of the draws with the sign that lie in the box.
    """

    metric: str
    unit: str
    focus: str
    arm: str
    against: str
    sign: Literal["positive", "negative"]
    limits: dict[str, Limit]
    words: dict[str, str]
    draws: int
    inside: int
    everywhere: float
    density: float
    density_low: float
    density_high: float
    outside: float
    coverage: float

    @property
    def sentence(self) -> str:
        """The region as a sentence."""
        what = f"The change of {self.metric} by {self.arm} against {self.against} is {self.sign}"
        of_all = f"in {self.everywhere:.0%} of {self.draws} draws of what is unknown"
        if not self.limits:
            return (
                f"{what} {of_all}; no region of the priors was found in which it is so more often."
            )
        return (
            f"{what} {of_all}, and in {self.density:.0%} ({self.density_low:.0%} to "
            f"{self.density_high:.0%}) where {' and '.join(self.words.values())}; "
            f"{self.coverage:.0%} of the draws with this sign lie there."
        )

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values; ends without a limit are None."""
        found = attrs.asdict(self)
        found["limits"] = {
            name: {
                "low": limit.low if np.isfinite(limit.low) else None,
                "high": limit.high if np.isfinite(limit.high) else None,
                "without": list(limit.without),
            }
            for name, limit in self.limits.items()
        }
        return found


@checked
def region(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None = None,
    focus: str | None = None,
    *,
    sign: Literal["positive", "negative"] = "positive",
    least: float = 0.1,
) -> Region:
    """Return the region of the priors in which a difference has a sign more often.

    Parameters
    ----------
    comparison : Comparison
        With rows or from a campaign.
    metric, contrast, focus
        As for `Comparison.drivers`.
    sign : {"positive", "negative"}
    least : float
        Share of the draws that the region holds at least, above 0 and below 1.

    Returns
    -------
    Region

    Raises
    ------
    InvalidInput
        If an argument cannot be used, or there are fewer than 100 draws of 8 worlds or more.
    """
    if sign not in ("positive", "negative"):
        raise InvalidInput(f"{sign!r}", where="sign", allowed='"positive" or "negative"')
    asked = question(comparison, metric, contrast, focus)
    if len(asked.means) < _LEAST_DRAWS:
        raise InvalidInput(
            f"{len(asked.means)} draws",
            where="region",
            allowed=f"{_LEAST_DRAWS} or more: half of them find it, the others measure it",
        )
    event = asked.means > 0 if sign == "positive" else asked.means < 0
    found = {name: values[::2] for name, values in asked.inputs.items()}
    box = peeled(found, event[::2], categories=frozenset(asked.clauses), least=least)
    held = {name: values[1::2] for name, values in asked.inputs.items()}
    event = event[1::2]
    inside = box.holds(held, len(event))
    measured = score_interval(float(event[inside].sum()), float(inside.sum()))
    return Region(
        metric=asked.metric.name,
        unit=asked.metric.unit,
        focus=asked.focus,
        arm=asked.contrast.arm,
        against=asked.contrast.against,
        sign=sign,
        limits=box.limits,
        words=_words(asked, box),
        draws=len(event),
        inside=int(inside.sum()),
        everywhere=_share(event),
        density=_share(event[inside]),
        density_low=float(measured.low),
        density_high=float(measured.high),
        outside=_share(event[~inside]),
        coverage=_share(inside[event]),
    )


def _share(flags: Any) -> float:
    return float(flags.mean()) if len(flags) else np.nan


def _words(asked: Question, box: Box) -> dict[str, str]:
    return {name: _limit(asked, name, limit) for name, limit in box.limits.items()}


def _limit(asked: Question, name: str, limit: Limit) -> str:
    if name in asked.clauses:
        left = [w for k, w in enumerate(asked.clauses[name].words) if k not in limit.without]
        return f"{name} is read as {' or '.join(left)}"
    low, high = (number(end, 3) for end in (limit.low, limit.high))
    if np.isinf(limit.high):
        return f"{name} is {low} or more"
    if np.isinf(limit.low):
        return f"{name} is {high} or less"
    return f"{name} is {low} to {high}"
