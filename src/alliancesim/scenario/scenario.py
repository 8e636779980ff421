"""A scenario: states, pairs, treaties, arms and parameters, checked when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import attrs

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_plain, as_tuple, day, every, instance, integer, text
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.names import look_up
from alliancesim.data.quantity import Parameter
from alliancesim.data.state import Pair, State, WorldTotals, state_id
from alliancesim.errors import InvalidInput
from alliancesim.law import Treaty
from alliancesim.scenario._consistency import check
from alliancesim.scenario.arms import Arm, CommonShock, Transfer, Umbrella
from alliancesim.scenario.treaties import treaties_in_force

__all__ = ["Scenario"]

_T = TypeVar("_T")

MOST_MONTHS = 4095  # a turn has twelve bits in an address


def _sorted_by(key: Callable[[Any], Any], cls: type) -> Callable[[Any], Any]:
    """Return a converter that puts a tuple in order, and leaves wrong input to the check."""

    def convert(value: Any) -> Any:
        value = as_tuple(value)
        if isinstance(value, tuple) and all(isinstance(element, cls) for element in value):
            return tuple(sorted(value, key=key))
        return value

    return convert


def _many(cls: type, key: str, **field: Any) -> Any:
    return attrs.field(
        converter=field.pop("converter", as_tuple),
        validator=every(instance(cls)),
        metadata={"key": key},
        **field,
    )


def _default_parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    return catalogue.preset(scenario.preset).applied(catalogue.parameters())


def _default_totals(scenario: Scenario) -> WorldTotals:
    return catalogue.totals(scenario.cutoff if type(scenario.cutoff) is date else None)


@attrs.frozen(kw_only=True, repr=False)
@checked
class Scenario:
    """States, what lies between them, the treaties, and the arms to compare.

    Parameters
    ----------
    name, title : str
        How it is called, and what it is in words.
    cutoff : date
        The last day whose facts it knows; not after `start`.
    start : date
        The first month played, as its first day.
    reference : str
        The arm in which base rates hold and beliefs are anchored.
    focus : tuple of str
        The states whose outcomes are followed, the same in every arm.
    states : tuple of State
        At least two.
    pairs : tuple of Pair
        One for every two states; kept in alphabetical order.
    arms : tuple of Arm
        At least one.
    treaties : tuple of Treaty
        All that any arm may use.
    standing : tuple of str
        Treaties in force in every arm.
    umbrellas : tuple of Umbrella
        Beliefs in the cover of deterrents; none by default.
    transfers : tuple of Transfer
        What members of treaties pay one another; none by default.
    common_shocks : tuple of CommonShock
        Factors that the rates of all pairs of a state share; none by default.
    parameters : tuple of Parameter
        The complete set, kept in the order of codes; by default the catalogue's, under `preset`.
    circumstances : tuple of Circumstance
        One to sixteen; by default the catalogue's.
    totals : WorldTotals
        Totals of the whole world, of which states hold shares; by default the catalogue's, as
        known at `cutoff`.
    preset : str
        The named bundle of parameter values that `parameters` started from.
    horizon_months : int
        How many months are played, 1 to 4095.
    schema_version : int
        The version of the format, 1.

    Raises
    ------
    InvalidInput
        If anything is missing, out of range, named twice, or names what is not there.
    """

    schema_version: int = attrs.field(default=1, converter=as_plain, validator=integer(1, 1))
    name: str = attrs.field(validator=text())
    title: str = attrs.field(validator=text())
    cutoff: date = attrs.field(validator=day)
    start: date = attrs.field(validator=day)
    horizon_months: int = attrs.field(
        default=120, converter=as_plain, validator=integer(1, MOST_MONTHS)
    )
    reference: str = attrs.field(validator=text())
    focus: tuple[str, ...] = attrs.field(converter=as_tuple, validator=every(state_id))
    preset: str = attrs.field(default="both", validator=text())
    standing: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    states: tuple[State, ...] = _many(State, "state")
    pairs: tuple[Pair, ...] = _many(
        Pair, "pair", converter=_sorted_by(lambda pair: (pair.a, pair.b), Pair)
    )
    treaties: tuple[Treaty, ...] = _many(Treaty, "treaty", default=())
    arms: tuple[Arm, ...] = _many(Arm, "arm")
    umbrellas: tuple[Umbrella, ...] = _many(Umbrella, "umbrella", default=())
    transfers: tuple[Transfer, ...] = _many(Transfer, "transfer", default=())
    common_shocks: tuple[CommonShock, ...] = _many(CommonShock, "common_shock", default=())
    circumstances: tuple[Circumstance, ...] = _many(
        Circumstance, "circumstance", default=attrs.Factory(catalogue.circumstances)
    )
    totals: WorldTotals = attrs.field(
        default=attrs.Factory(_default_totals, takes_self=True), validator=instance(WorldTotals)
    )
    parameters: tuple[Parameter, ...] = _many(
        Parameter,
        "parameter",
        converter=_sorted_by(lambda parameter: parameter.code, Parameter),
        default=attrs.Factory(_default_parameters, takes_self=True),
    )

    def __attrs_post_init__(self) -> None:
        check(self)

    def __repr__(self) -> str:
        arms = ", ".join(arm.name for arm in self.arms)
        parts = f"{len(self.states)} states, {len(self.treaties)} treaties, arms {arms}"
        return f"<Scenario {self.name!r}: {parts}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # else IPython and Hypothesis print every figure

    @property
    def arms_by_default(self) -> tuple[str, ...]:
        """Names of the arms that are played where none is named: all but those on request."""
        return tuple(arm.name for arm in self.arms if not arm.on_request)

    def arm(self, name: str) -> Arm:
        """Return the arm of a name, or refuse an unknown one."""
        return _named(self.arms, name, "arm")

    def state(self, identifier: str) -> State:
        """Return the state of an identifier, or refuse an unknown one."""
        return _named(self.states, identifier, "state", "id")

    def treaty(self, identifier: str) -> Treaty:
        """Return the treaty of an identifier as it is before accessions, or refuse."""
        return _named(self.treaties, identifier, "treaty", "id")

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of a name, or refuse an unknown one."""
        return _named(self.parameters, name, "parameter")

    def pair(self, a: str, b: str) -> Pair:
        """Return what lies between two states, in either order, or refuse unknown ones."""
        first, second = sorted((self.state(a).id, self.state(b).id))
        for pair in self.pairs:
            if (pair.a, pair.b) == (first, second):
                return pair
        raise InvalidInput(f"{a} and {b} are no pair", where="pair", allowed="two different states")

    def treaties_in(self, arm: str) -> tuple[Treaty, ...]:
        """Return the treaties in force in an arm, accessions and exits done, in the same order.

        Parameters
        ----------
        arm : str
            The arm's name.
        """
        return treaties_in_force(self, self.arm(arm))

    def fixing(self, **values: float) -> Scenario:
        """Return the scenario with parameters held at values, their priors dropped.

        Raises
        ------
        InvalidInput
            If there is no such parameter, or its value is out of range.
        """
        held = {name: self.parameter(name).fixed_at(value) for name, value in values.items()}
        return attrs.evolve(
            self, parameters=tuple(held.get(each.name, each) for each in self.parameters)
        )

    def with_preset(self, name: str) -> Scenario:
        """Return the scenario under another bundle of parameter values.

        Parameters
        ----------
        name : str
            A preset of the catalogue, such as ``"strict"``.
        """
        given = catalogue.preset(name).applied(self.parameters)
        return attrs.evolve(self, preset=name, parameters=given)

    def with_variant(self, submodel: str, name: str) -> Scenario:
        """Return the scenario with a variant of one submodel.

        Parameters
        ----------
        submodel, name : str
            Such as ``"strength"``, ``"cinc"``; see `alliancesim.catalogue.variants`.

        Raises
        ------
        InvalidInput
            If there is no such submodel, or no such variant of it.
        """
        given = catalogue.with_variant(self.parameters, submodel, name)
        return attrs.evolve(self, parameters=given)

    def with_reading(self, clause: str, words: str) -> Scenario:
        """Return the scenario with an unknown clause of a treaty read one way.

        Parameters
        ----------
        clause : str
            The treaty and its clause, as drivers name it, such as ``"SMDA: provocation"``.
        words : str
            Words of one reading alone, such as ``"unconditional"``.

        Raises
        ------
        InvalidInput
            If there is no such clause, or not one reading alone has these words.
        """
        from alliancesim.scenario.unknowns import settled

        identifier = clause.partition(":")[0]
        return self.with_treaty(settled(self.treaty(identifier), clause, words, self.start))

    def with_treaty(self, treaty: Treaty) -> Scenario:
        """Return the scenario with a treaty in place of that which has the same id.

        Arms, transfers and umbrellas name treaties by id, so they are then of the new text.

        Raises
        ------
        InvalidInput
            If no treaty of the scenario has this id.
        """
        self.treaty(treaty.id)
        given = tuple(treaty if each.id == treaty.id else each for each in self.treaties)
        return attrs.evolve(self, treaties=given)

    def with_arm(
        self,
        name: str,
        *,
        treaty: Treaty | None = None,
        like: str | None = None,
        adds: Iterable[str] = (),
        title: str | None = None,
    ) -> Scenario:
        """Return the scenario with one more arm, to be compared with the others.

        Parameters
        ----------
        name : str
            Its name.
        treaty : Treaty, optional
            Another text of a treaty of the scenario, with the same id: in this arm it stands in
            the place of that treaty, and has the name of the arm added to its id, as
            ``SMDA-FIRM``. Draws are shared with the old text, so that only the change differs.
        like : str, optional
            The arm whose treaties and changes of membership it has. By default the first that has
            the treaty, or the reference.
        adds : iterable of str
            Ids of further treaties of the scenario that are in force in it.
        title : str, optional
            What it is in words. An arm of one's own is hypothetical, and its title says so.

        Raises
        ------
        InvalidInput
            If the name is taken, nothing is changed, or a treaty or arm is unknown.
        """
        from alliancesim.scenario.own_arms import with_arm

        return with_arm(self, name, treaty=treaty, like=like, adds=tuple(adds), title=title)


def _named(values: Iterable[_T], name: str, what: str, key: str = "name") -> _T:
    return look_up(name, {getattr(value, key): value for value in values}, what=what)
