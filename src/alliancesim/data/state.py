"""States, what they bring, and what lies between two of them."""

from __future__ import annotations

import math
import re
from typing import Any, Literal, get_args

import attrs

from alliancesim.data.checks import Check, as_plain, choice, flag, instance, integer, kind_of, text
from alliancesim.data.quantity import Quantity, entity_code
from alliancesim.errors import InvalidInput

__all__ = ["QUANTITIES", "DisputeClass", "Pair", "Projection", "Rivalry", "State", "WorldTotals"]

Projection = Literal["land", "sea"]
Rivalry = Literal["open", "ended", "none"]
DisputeClass = Literal["rival", "land", "relevant", "unrelated"]


MOST = {
    "thousand": 1e7,
    "USD bn": 1e7,
    "USD bn a year": 1e7,
    "km": 41_000.0,
    "ratio": 1e4,
    "count": 1e6,
    "weight": 1e6,
}
"""The largest figure in a unit: beyond the people, the money and the circumference of the earth."""


def measured(
    unit: str, low: float = 0.0, high: float = math.inf, *, optional: bool = False
) -> Check:
    """Return a check for a figure in a unit and a range, its prior included.

    Of a prior without an upper end the central 90 % must lie in the range.
    """
    bounded, high = high < math.inf, min(high, MOST.get(unit, math.inf))
    allowed = f"{low:g} to {high:g} {unit}" if high < math.inf else f"at least {low:g} {unit}"

    def check(owner: Any, attribute: Any, value: Any) -> None:
        if optional and value is None:
            return
        instance(Quantity)(owner, attribute, value)
        if value.unit != unit:
            problem = f"the unit is {value.unit!r}"
            raise InvalidInput(problem, where=f"{attribute.name}: unit", allowed=unit)
        ends = (value.value, value.value) if value.prior is None else value.prior.bounds
        if value.prior is not None and math.isinf(ends[1]) and not bounded:
            ends = (ends[0], value.prior.span[1])
        if not low <= value.value <= high:
            problem = f"{value.value:g} is out of range"
            raise InvalidInput(problem, where=f"{attribute.name}: value", allowed=allowed)
        if not (low <= ends[0] and ends[1] <= high):
            problem = "the prior leaves the range"
            raise InvalidInput(problem, where=f"{attribute.name}: prior", allowed=allowed)

    return check


def state_id(_: Any, attribute: Any, value: Any) -> None:
    """Refuse what cannot name a state."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z][A-Z0-9_-]{1,11}", value):
        given = repr(value) if isinstance(value, str) else kind_of(value)
        problem = f"{given} is not the id of a state"
        allowed = "two to twelve capitals or digits, such as PAK"
        raise InvalidInput(problem, where=attribute.name, allowed=allowed)


def whole(_: Any, attribute: Any, value: Quantity) -> None:
    """Refuse a count that is not a whole number."""
    if value.value != int(value.value):
        raise InvalidInput(
            f"{value.value:g} is not whole",
            where=f"{attribute.name}: value",
            allowed="a whole number",
        )


def _above_zero(_: Any, attribute: Any, value: Quantity | None) -> None:
    """Refuse a share of nothing, which stands for one that is not given."""
    if value is not None and value.value == 0.0:
        where = f"{attribute.name}: value"
        raise InvalidInput("0 is out of range", where=where, allowed="above 0, to 1")


def _derived_code(owner: Any) -> int:
    code = entity_code(owner.id)
    if code is None:
        raise InvalidInput(
            "is missing",
            where="code",
            allowed="0 to 65535; only a three-capital id has one of its own",
        )
    return code


@attrs.frozen
class State:
    """A state and what it brings.

    Parameters
    ----------
    id : str
        Its identifier, as a rule the ISO 3166 alpha-3 code.
    name : str
        Its name in a sentence.
    active_personnel : Quantity
        Active military personnel, thousand.
    military_expenditure : Quantity
        Military spending a year, USD bn current.
    missile_class : Quantity
        Ordinal: 0 none, 1 short range or cruise below 300 km, 2 to 1,000 km, 3 medium,
        4 intermediate, 5 intercontinental or submarine-launched.
    arms_industry : Quantity
        Arms revenue of its own industry a year, USD bn current.
    gdp : Quantity
        Gross domestic product, USD bn current.
    nuclear_warheads : Quantity
        Warheads, count. They are never strength, only costs and credibility.
    experience : Quantity
        Share that experience adds to effectiveness, 0 to 1.
    projection : {"land", "sea"}
        How it reaches a distant place: "sea" with bases or sea control.
    reputation : Quantity, optional
        Its reputation for keeping commitments as play begins, and what it returns to, share above
        0; by default the parameter ``reputation_start``.
    code : int, optional
        Its address among states, 0 to 65535; by default the base-26 value of a three-capital id,
        otherwise required. Renaming a state keeps its code.

    Raises
    ------
    InvalidInput
        If a figure is of the wrong unit, negative, or out of range.
    """

    id: str = attrs.field(validator=state_id)
    name: str = attrs.field(validator=text())
    active_personnel: Quantity = attrs.field(validator=measured("thousand"))
    military_expenditure: Quantity = attrs.field(validator=measured("USD bn"))
    missile_class: Quantity = attrs.field(validator=measured("ordinal", 0, 5))
    arms_industry: Quantity = attrs.field(validator=measured("USD bn"))
    gdp: Quantity = attrs.field(validator=measured("USD bn"))
    nuclear_warheads: Quantity = attrs.field(validator=[measured("count"), whole])
    experience: Quantity = attrs.field(validator=measured("share", 0, 1))
    projection: Projection = attrs.field(
        default="land", validator=choice(get_args(Projection)), kw_only=True
    )
    reputation: Quantity | None = attrs.field(
        default=None, validator=[measured("share", 0, 1, optional=True), _above_zero], kw_only=True
    )
    code: int = attrs.field(
        default=attrs.Factory(_derived_code, takes_self=True),
        validator=integer(0, 65535),
        kw_only=True,
    )


QUANTITIES = tuple(
    field.name for field in attrs.fields(State) if field.type in (Quantity, "Quantity")
)
"""The names of a state's figures, in order."""


@attrs.frozen
class Pair:
    """What lies between two states.

    Parameters
    ----------
    a, b : str
        Their identifiers, in alphabetical order.
    distance_km : Quantity
        Distance between their borders, km.
    land_contiguous : bool
        Whether they share a land border.
    rivalry : {"open", "ended", "none"}
        Whether they are strategic rivals at the start, once were, or never were.
    relevant : bool
        Whether the pair is politically relevant: neighbours by land or sea, or one a major power.
    dyad_years, onsets : int
        Years observed, and among them those in which a militarized dispute began.
    source : str
        Where the record comes from.
    rate_multiplier_a, rate_multiplier_b : Quantity or None
        The scenario author's factor on the rate at which each begins disputes with the other,
        ratio; None is 1.
    tie : Quantity or None
        Interest each has in the other's fate, share; None is 0.
    heat : Quantity or None
        How far heat stands above its long-run mean as play begins, ratio; a dispute just past adds
        ``heat_jump``, and what is added falls by 1/e in ``heat_memory`` months. None is 0.

    Raises
    ------
    InvalidInput
        If a field is of the wrong kind, or the states are not in order.
    """

    a: str = attrs.field(validator=state_id)
    b: str = attrs.field(validator=state_id)
    distance_km: Quantity = attrs.field(validator=measured("km"))
    land_contiguous: bool = attrs.field(converter=as_plain, validator=flag())
    rivalry: Rivalry = attrs.field(validator=choice(get_args(Rivalry)))
    relevant: bool = attrs.field(converter=as_plain, validator=flag())
    dyad_years: int = attrs.field(converter=as_plain, validator=integer())
    onsets: int = attrs.field(converter=as_plain, validator=integer())
    source: str = attrs.field(validator=text())
    rate_multiplier_a: Quantity | None = attrs.field(
        default=None, validator=measured("ratio", optional=True)
    )
    rate_multiplier_b: Quantity | None = attrs.field(
        default=None, validator=measured("ratio", optional=True)
    )
    tie: Quantity | None = attrs.field(
        default=None, validator=measured("share", 0, 1, optional=True)
    )
    heat: Quantity | None = attrs.field(default=None, validator=measured("ratio", optional=True))

    def __attrs_post_init__(self) -> None:
        if not self.a < self.b:
            problem = f"{self.a} and {self.b} are not in order"
            raise InvalidInput(problem, where="b", allowed="a before b, in alphabetical order")
        if self.onsets > self.dyad_years:
            problem = f"{self.onsets} is more than the years observed"
            raise InvalidInput(problem, where="onsets", allowed=f"0 to {self.dyad_years}")

    @property
    def dispute_class(self) -> DisputeClass:
        """The class whose mean rate the pair's own record is drawn to."""
        if self.rivalry == "open":
            return "rival"
        if self.land_contiguous:
            return "land"
        return "relevant" if self.relevant else "unrelated"


@attrs.frozen
class WorldTotals:
    """Totals of the whole world, of which each state holds a share.

    Parameters
    ----------
    active_personnel, military_expenditure, missile_class, arms_industry, gdp : Quantity
        The totals, in the units of `State`.
    """

    active_personnel: Quantity = attrs.field(validator=measured("thousand"))
    military_expenditure: Quantity = attrs.field(validator=measured("USD bn"))
    missile_class: Quantity = attrs.field(validator=measured("ordinal"))
    arms_industry: Quantity = attrs.field(validator=measured("USD bn"))
    gdp: Quantity = attrs.field(validator=measured("USD bn"))
