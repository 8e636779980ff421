"""How an uncertain number is spread: five distributions, drawn by inverse CDF.

A quantile has the same bits whatever array it is asked in, so that a world's parameters do not
depend on how many worlds are drawn at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.checks import LARGEST, as_float, number
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Beta", "LogNormal", "Normal", "Prior", "TwoNormals", "Uniform", "ordered"]

_LEAST = 2.0**-53  # a draw is never nearer to 0 or 1
_Z95 = 1.6448536269514722  # the standard normal's 95th percentile


def ordered(instance_: Any, attribute: Any, value: float) -> None:
    """Refuse an upper end that does not lie above the lower one."""
    lower = {"high": "low", "p95": "p05", "high_mean": "low_mean"}[attribute.name]
    if not getattr(instance_, lower) < value:
        raise InvalidInput(
            f"{value:g} is not above {lower}",
            where=attribute.name,
            allowed=f"a number above {getattr(instance_, lower):g}",
        )


@attrs.frozen
class Uniform:
    """Every value between two bounds is as likely as any other.

    Parameters
    ----------
    low, high : float
        The bounds, low < high.
    """

    low: float = attrs.field(converter=as_float, validator=number())
    high: float = attrs.field(converter=as_float, validator=[number(), ordered])

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that can be drawn."""
        return self.low, self.high

    @property
    def span(self) -> tuple[float, float]:
        """Where the bulk of the draws lies: here, all of them."""
        return self.bounds

    def quantile(self, u: Array) -> Array:
        """Return the value below which a share `u` of the draws lies; u in (0, 1), any shape."""
        import numpy as np

        values: Array = np.minimum(self.low + (self.high - self.low) * np.asarray(u), self.high)
        return values


@attrs.frozen
class Normal:
    """A normal distribution, truncated where bounds are given.

    Parameters
    ----------
    mean, sd : float
        Mean and standard deviation before truncation; sd > 0.
    low, high : float, optional
        Bounds, around the mean.
    """

    mean: float = attrs.field(converter=as_float, validator=number())
    sd: float = attrs.field(converter=as_float, validator=number(low=1e-12, high=LARGEST))
    low: float = attrs.field(default=-math.inf, converter=as_float, validator=number(infinite=True))
    high: float = attrs.field(
        default=math.inf, converter=as_float, validator=[number(infinite=True), ordered]
    )

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.mean <= self.high:
            raise InvalidInput(
                f"{self.mean:g} lies outside low and high",
                where="mean",
                allowed=f"{self.low:g} to {self.high:g}",
            )

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that can be drawn."""
        return self.low, self.high

    @property
    def span(self) -> tuple[float, float]:
        """Where the bulk of the draws lies: the central 90 %, within the bounds."""
        reach = _Z95 * self.sd
        return max(self.low, self.mean - reach), min(self.high, self.mean + reach)

    def quantile(self, u: Array) -> Array:
        """Return the value below which a share `u` of the draws lies; u in (0, 1), any shape."""
        import numpy as np

        from alliancesim.stats import quantiles

        below = quantiles.normal_share((self.low - self.mean) / self.sd)
        above = quantiles.normal_share((self.high - self.mean) / self.sd)
        values = self.mean + self.sd * quantiles.normal(below + (above - below) * np.asarray(u))
        clipped: Array = np.clip(values, self.low, self.high)
        return clipped


@attrs.frozen
class LogNormal:
    """A positive quantity known within a factor: its logarithm is normal.

    Parameters
    ----------
    p05, p95 : float
        The 5th and 95th percentiles, 0 < p05 < p95.
    """

    p05: float = attrs.field(converter=as_float, validator=number(low=1 / LARGEST))
    p95: float = attrs.field(converter=as_float, validator=[number(low=1 / LARGEST), ordered])

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that can be drawn."""
        return 0.0, math.inf

    @property
    def span(self) -> tuple[float, float]:
        """Where the bulk of the draws lies: from the 5th to the 95th percentile."""
        return self.p05, self.p95

    def quantile(self, u: Array) -> Array:
        """Return the value below which a share `u` of the draws lies; u in (0, 1), any shape."""
        from alliancesim.stats import quantiles

        low, high = quantiles.log([self.p05, self.p95])
        return quantiles.exp((low + high) / 2 + (high - low) / (2 * _Z95) * quantiles.normal(u))


@attrs.frozen
class Beta:
    """A share or a probability: the beta distribution on [0, 1].

    Parameters
    ----------
    a, b : float
        Its two shapes, > 0; the mean is a/(a+b).
    """

    a: float = attrs.field(converter=as_float, validator=number(low=1e-3, high=1e6))
    b: float = attrs.field(converter=as_float, validator=number(low=1e-3, high=1e6))

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that can be drawn."""
        return 0.0, 1.0

    @property
    def span(self) -> tuple[float, float]:
        """Where the bulk of the draws lies: here, all of them."""
        return self.bounds

    def quantile(self, u: Array) -> Array:
        """Return the value below which a share `u` of the draws lies; u in (0, 1), any shape."""
        from alliancesim.stats import quantiles

        return quantiles.beta(self.a, self.b, u)


@attrs.frozen
class TwoNormals:
    """Two schools of thought: a mixture of two normal distributions that do not overlap.

    Each is truncated four standard deviations either side of its mean, so that the two are apart.

    Parameters
    ----------
    low_share : float
        Weight of the lower one, in (0, 1).
    low_mean, low_sd, high_mean, high_sd : float
        Means and standard deviations; standard deviations > 0.
    """

    low_share: float = attrs.field(converter=as_float, validator=number(low=1e-6, high=1 - 1e-6))
    low_mean: float = attrs.field(converter=as_float, validator=number())
    low_sd: float = attrs.field(converter=as_float, validator=number(low=1e-12))
    high_mean: float = attrs.field(converter=as_float, validator=[number(), ordered])
    high_sd: float = attrs.field(converter=as_float, validator=number(low=1e-12))

    def __attrs_post_init__(self) -> None:
        if not self.low.bounds[1] < self.high.bounds[0]:
            raise InvalidInput(
                "the two distributions overlap",
                where="high_mean",
                allowed="means at least four of both standard deviations apart",
            )

    @property
    def low(self) -> Normal:
        """The lower distribution."""
        return _within_four(self.low_mean, self.low_sd)

    @property
    def high(self) -> Normal:
        """The upper distribution."""
        return _within_four(self.high_mean, self.high_sd)

    @property
    def between(self) -> float:
        """A value that parts the two."""
        return (self.low.bounds[1] + self.high.bounds[0]) / 2

    def around(self, value: float) -> Normal | None:
        """Return the distribution whose mean a value is; None if it is of neither."""
        parts = {self.low_mean: self.low, self.high_mean: self.high}
        return parts.get(value)

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that can be drawn."""
        return self.low.bounds[0], self.high.bounds[1]

    @property
    def span(self) -> tuple[float, float]:
        """Where the bulk of the draws lies: from 5 % of the lower to 95 % of the upper one."""
        return self.low.span[0], self.high.span[1]

    def quantile(self, u: Array) -> Array:
        """Return the value below which a share `u` of the draws lies; u in (0, 1), any shape."""
        import numpy as np

        u = np.asarray(u)
        lower = u < self.low_share
        own = np.where(lower, u / self.low_share, (u - self.low_share) / (1 - self.low_share))
        own = np.clip(own, _LEAST, 1 - _LEAST)
        return np.where(lower, self.low.quantile(own), self.high.quantile(own))


def _within_four(mean: float, sd: float) -> Normal:
    return Normal(mean, sd, mean - 4 * sd, mean + 4 * sd)


Prior = Uniform | Normal | LogNormal | Beta | TwoNormals
"""What a world draws an uncertain number from."""
