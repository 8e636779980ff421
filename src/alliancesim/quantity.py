"""Numbers with what makes them usable: unit, year, source, standing and uncertainty.

A `Figure` is a fact or a judgement about the world. A `Parameter` is a number of the model.
Either may carry a prior, from which a world draws its own value.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from alliancesim.checks import as_float, choice, instance, integer, number, text
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = [
    "Beta",
    "Figure",
    "LogNormal",
    "Mark",
    "Normal",
    "Parameter",
    "Prior",
    "Status",
    "Uniform",
    "entity_code",
]

Status = Literal[
    "verified", "verified-secondary", "computed", "derived", "recalled", "judgement", "calibrated"
]
"""How far to trust a figure.

verified: read at the source; verified-secondary: read where another quotes the source;
computed: from a named data set; derived: arithmetic on such figures; recalled: a named source,
not checked; judgement: somebody's estimate; calibrated: set so that the model meets a pattern.
"""

Mark = Literal["V", "VC", "R", "J", "calibrated", "fixed"]
"""How a parameter is known: verified, computed, recalled, judged, calibrated, or a convention."""

_Z95 = 1.6448536269514722  # the standard normal's 95th percentile


def entity_code(identifier: str) -> int | None:
    """Return the code of a three-capital identifier, its value in base 26, or None.

    Examples
    --------
    >>> entity_code("AAB"), entity_code("PAK"), entity_code("ARABLG")
    (1, 10150, None)
    """
    if not isinstance(identifier, str) or not re.fullmatch("[A-Z]{3}", identifier):
        return None
    first, second, third = (ord(letter) - ord("A") for letter in identifier)
    return 676 * first + 26 * second + third


def _ordered(instance_: Any, attribute: Any, value: float) -> None:
    """Refuse an upper end that does not lie above the lower one."""
    lower = {"high": "low", "p95": "p05"}[attribute.name]
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
    high: float = attrs.field(converter=as_float, validator=[number(), _ordered])

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
    sd: float = attrs.field(converter=as_float, validator=number(low=1e-12))
    low: float = attrs.field(default=-math.inf, converter=as_float, validator=number(infinite=True))
    high: float = attrs.field(
        default=math.inf, converter=as_float, validator=[number(infinite=True), _ordered]
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
        from scipy.special import ndtr, ndtri

        below = ndtr((self.low - self.mean) / self.sd)
        above = ndtr((self.high - self.mean) / self.sd)
        values = self.mean + self.sd * ndtri(below + (above - below) * np.asarray(u))
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

    p05: float = attrs.field(converter=as_float, validator=number(low=1e-300))
    p95: float = attrs.field(converter=as_float, validator=[number(low=1e-300), _ordered])

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
        import numpy as np
        from scipy.special import ndtri

        low, high = math.log(self.p05), math.log(self.p95)
        logs = np.asarray((low + high) / 2 + (high - low) / (2 * _Z95) * ndtri(np.asarray(u)))
        # One exponential an element: numpy's own may round differently by array length.
        values: Array = np.array([math.exp(x) for x in logs.ravel()]).reshape(logs.shape)
        return values


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
        import numpy as np
        from scipy.special import betaincinv

        values: Array = betaincinv(self.a, self.b, np.asarray(u))
        return values


Prior = Uniform | Normal | LogNormal | Beta
"""What a world draws an uncertain number from."""

_is_prior = instance(Uniform, Normal, LogNormal, Beta, optional=True)


def _holds(prior: Prior | None, value: float) -> None:
    """Refuse a value that its own prior could never give."""
    if prior is not None and not prior.bounds[0] <= value <= prior.bounds[1]:
        low, high = prior.bounds
        raise InvalidInput(
            f"the value {value:g} lies outside its own prior",
            where="prior",
            allowed=f"a prior that holds it; this one runs from {low:g} to {high:g}",
        )


@attrs.frozen
class Figure:
    """A number about the world, with what one must know to use it.

    Parameters
    ----------
    value : float
        The number, finite.
    unit : str
        Its unit, in words.
    year : int or None
        The year it describes, 1800 to 2100; None where it has none.
    source : str
        Where it comes from; for a judgement, a sentence saying so and on what it rests.
    status : str
        How far to trust it, see `Status`.
    prior : Uniform, Normal, LogNormal, Beta or None
        Its uncertainty; required of a judgement.

    Raises
    ------
    InvalidInput
        If a field is of the wrong kind, or a judgement has no prior.
    """

    value: float = attrs.field(converter=as_float, validator=number())
    unit: str = attrs.field(validator=text())
    year: int | None = attrs.field(validator=attrs.validators.optional(integer(1800, 2100)))
    source: str = attrs.field(validator=text())
    status: Status = attrs.field(validator=choice(get_args(Status)))
    prior: Prior | None = attrs.field(default=None, validator=_is_prior)

    def __attrs_post_init__(self) -> None:
        if self.status == "judgement" and self.prior is None:
            raise InvalidInput(
                "a judgement without a prior", where="prior", allowed="a table with a distribution"
            )
        _holds(self.prior, self.value)


@attrs.frozen
class Parameter:
    """A number of the model.

    Parameters
    ----------
    name : str
        How scenarios and rules call it.
    code : int
        Its address among parameters, 0 to 65535; it never changes.
    value : float
        The value it takes when priors are not drawn, in [low, high].
    unit, symbol, meaning, source : str
        Its unit, its sign in the equations (may be empty), what it says in words, where the
        number comes from.
    mark : str
        How it is known, see `Mark`; a judgement (J) must have a prior.
    low, high : float
        The range that is allowed.
    prior : Uniform, Normal, LogNormal, Beta or None
        What worlds draw it from; its bulk lies in the range, and draws are cut at the range.

    Raises
    ------
    InvalidInput
        If a field is of the wrong kind, or value or prior leave the range.
    """

    name: str = attrs.field(validator=text())
    code: int = attrs.field(validator=integer(0, 65535))
    value: float = attrs.field(converter=as_float, validator=number())
    unit: str = attrs.field(validator=text())
    symbol: str = attrs.field(validator=text(empty=True))
    meaning: str = attrs.field(validator=text())
    source: str = attrs.field(validator=text())
    mark: Mark = attrs.field(validator=choice(get_args(Mark)))
    low: float = attrs.field(converter=as_float, validator=number())
    high: float = attrs.field(converter=as_float, validator=[number(), _ordered])
    prior: Prior | None = attrs.field(default=None, validator=_is_prior)

    def __attrs_post_init__(self) -> None:
        allowed = f"{self.low:g} to {self.high:g}"
        if not self.low <= self.value <= self.high:
            raise InvalidInput(f"{self.value:g} is out of range", where="value", allowed=allowed)
        if self.mark == "J" and self.prior is None:
            raise InvalidInput(
                "a judgement (mark J) without a prior",
                where="prior",
                allowed="a table with a distribution",
            )
        if self.prior is not None and not (
            self.low <= self.prior.span[0] and self.prior.span[1] <= self.high
        ):
            raise InvalidInput(
                "the prior leaves the parameter's range", where="prior", allowed=allowed
            )
        _holds(self.prior, self.value)

    def draw(self, u: Array) -> Array:
        """Return the parameter at quantiles `u` of its prior, cut at its range.

        Parameters
        ----------
        u : array of float
            Quantiles in (0, 1), any shape; ignored where there is no prior.
        """
        import numpy as np

        if self.prior is None:
            return np.full(np.shape(u), self.value)
        values: Array = np.clip(self.prior.quantile(u), self.low, self.high)
        return values

    def fixed_at(self, value: float) -> Parameter:
        """Return the parameter held at a value, its prior dropped.

        Raises
        ------
        InvalidInput
            If the value is out of the parameter's range; the error names the parameter.
        """
        try:
            return attrs.evolve(self, value=value, prior=None, mark="fixed")
        except InvalidInput as error:
            raise error.inside(f"parameter '{self.name}'") from None
