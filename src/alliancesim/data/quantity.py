"""Numbers with what makes them usable: unit, year, source, standing and uncertainty.

A `Quantity` is a fact or a judgement about the world. A `Parameter` is a number of the model.
Either may carry a prior, from which a world draws its own value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_float, as_plain, choice, instance, integer, number, text
from alliancesim.data.priors import Beta, LogNormal, Normal, Prior, TwoNormals, Uniform, ordered
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = [
    "Beta",
    "LogNormal",
    "Mark",
    "Normal",
    "Parameter",
    "Prior",
    "Quantity",
    "Status",
    "TwoNormals",
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


_is_prior = instance(Uniform, Normal, LogNormal, Beta, TwoNormals, optional=True)


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
class Quantity:
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
    prior : Uniform, Normal, LogNormal, Beta, TwoNormals or None
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
    prior : Uniform, Normal, LogNormal, Beta, TwoNormals or None
        What worlds draw it from; its bulk lies in the range, and draws are cut at the range.

    Raises
    ------
    InvalidInput
        If a field is of the wrong kind, or value or prior leave the range.
    """

    name: str = attrs.field(validator=text())
    code: int = attrs.field(converter=as_plain, validator=integer(0, 65535))
    value: float = attrs.field(converter=as_float, validator=number())
    unit: str = attrs.field(validator=text())
    symbol: str = attrs.field(validator=text(empty=True))
    meaning: str = attrs.field(validator=text())
    source: str = attrs.field(validator=text())
    mark: Mark = attrs.field(validator=choice(get_args(Mark)))
    low: float = attrs.field(converter=as_float, validator=number())
    high: float = attrs.field(converter=as_float, validator=[number(), ordered])
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

    @checked
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

    @checked
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
