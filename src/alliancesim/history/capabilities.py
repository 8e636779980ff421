"""States of a year from National Material Capabilities, and what stands in where it has a gap."""

from __future__ import annotations

import math
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import attrs

from alliancesim.data.quantity import LogNormal, Quantity, Uniform
from alliancesim.data.state import State, WorldTotals
from alliancesim.datasets import Nmc, read_nmc
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.datasets.nmc import Capabilities

__all__ = [
    "FIRST_WARHEADS",
    "EqualWorld",
    "World",
    "capability_file",
    "cinc_before",
    "world_of",
]

FIRST_WARHEADS = {
    "USA": 1945,
    "RUS": 1949,
    "GBR": 1952,
    "FRA": 1960,
    "CHN": 1964,
    "ISR": 1967,
    "IND": 1998,
    "PAK": 1998,
    "PRK": 2006,
}
"""The year from which a state is taken to have nuclear weapons; recalled, not checked."""
WHOLE = 0.98  #: of the index: what the states of a whole world add up to
LONG_RANGE = 1959  #: the year from which nuclear powers are taken to have long-range missiles
SOME_MISSILES = 1960  #: the year from which others are taken to have some of short range
FACTOR = 4.0  #: half width of the central 90 % of a figure that stands in for a gap
SMALLEST = 0.1  #: quantile of the states of the year that stands in for a state the file lacks


@attrs.frozen(kw_only=True, slots=False)
class World:
    """A year of capabilities, from which states and totals are made.

    Attributes
    ----------
    nmc : Nmc
        The year that was read; the last whole one before `year`.
    year : int
        The year that begins.
    """

    nmc: Nmc
    year: int

    def state(self, code: int, identifier: str, name: str, *, sea: bool) -> State:
        """Return a state, with judgements where the data set has a gap.

        Parameters
        ----------
        code : int
            Its number.
        identifier : str
            What it is called, such as ``"DEU"``.
        name : str
            Its name in a sentence.
        sea : bool
            Whether it reaches distant places by sea.
        """
        nmc, found = self.nmc, self._found.get(code)
        if found is None:
            problem = f"no figures of {identifier} in {nmc.year}"
            raise InvalidInput(problem, where="nmc", allowed="a state of that year's system")
        judged = self._stand_ins(found) | self.weapons(identifier)
        made = nmc.state(
            found.ccode,
            name=name,
            experience=_between(0.05, 0.0, 0.1, "share", self.year, "no data set measures it"),
            projection="sea" if sea else "land",
            **judged,
        )
        return attrs.evolve(made, id=identifier)

    def has(self, code: int) -> bool:
        """Return whether the year's file has figures of a state of a number."""
        return code in self._found

    def weapons(self, identifier: str) -> dict[str, Quantity]:
        """Return missiles and warheads: judgements by who had nuclear weapons in the year."""
        nuclear = FIRST_WARHEADS.get(identifier, math.inf) < self.year
        if self.nmc.year < 1944:
            return {}
        words = "nuclear powers have the longest range of their time, the rest little"
        if nuclear:
            reach = 5.0 if self.year > LONG_RANGE else 3.0
            missiles = _between(reach, reach - 1.0, reach, "ordinal", self.year, words)
        else:
            reach = 1.0 if self.year > SOME_MISSILES else 0.0
            missiles = _between(reach / 2, 0.0, reach or 0.5, "ordinal", self.year, words)
        if not nuclear:
            none = "no test or public report by then, recalled"
            warheads = Quantity(0.0, "count", self.year, none, "recalled")
        else:
            words = (
                "judgement: rests on the year of its first weapon; only that it has some matters"
            )
            prior = LogNormal(p05=20.0, p95=500.0)
            warheads = Quantity(100.0, "count", self.year, words, "judgement", prior)
        return {"missile_class": missiles, "nuclear_warheads": warheads}

    @property
    def names(self) -> dict[int, str]:
        """What the file's states are called, by number."""
        return {each.ccode: each.id for each in self.nmc.states}

    @cached_property
    def totals(self) -> WorldTotals:
        """Totals of the world of that year."""
        states = [self.weapons(each.id) for each in self.nmc.states]
        if not states[0]:
            return self.nmc.world_totals()
        value = sum(each["missile_class"].value for each in states)
        words = "sum over the states of the year, each by judgement"
        total = Quantity(value, "ordinal", self.year, words, "derived")
        return self.nmc.world_totals(missile_class=total)

    @cached_property
    def _found(self) -> dict[int, Capabilities]:
        return {each.ccode: each for each in self.nmc.states}

    def _stand_ins(self, found: Capabilities) -> dict[str, Quantity]:
        """Return what stands in for the gaps of a state."""
        had, given = found.components, {}
        people = had.tpop or self._middle("tpop")
        if had.milper is None:
            each = people * self._a_head("milper")
            given["active_personnel"] = _about(each, "thousand", self.year, "milper is missing")
        spending = had.milex
        if spending is None:
            spending = people * self._a_head("milex")
            value = spending / 1e6 * (1.0 if self.nmc.year >= 1914 else 4.8665)
            given["military_expenditure"] = _about(value, "USD bn", self.year, "milex is missing")
        if had.irst is None:
            words = "irst is missing: taken as none"
            given["arms_industry"] = Quantity(0.0, "USD bn", self.year, words, "derived")
        if not had.pec or not had.tpop:
            world = self.nmc.world_totals(**self._any_missiles).gdp.value
            share = people / (self.nmc.totals.tpop or people)
            words = "pec or tpop is missing: a third of its share of the world's people"
            given["gdp"] = _about(world * share / 3.0, "USD bn", self.year, words)
        return given

    @property
    def _any_missiles(self) -> dict[str, Quantity]:
        if self.nmc.year < 1944:
            return {}
        return {"missile_class": Quantity(1.0, "ordinal", self.year, "not used", "derived")}

    def _middle(self, name: str) -> float:
        held = [getattr(each.components, name) for each in self.nmc.states]
        return float(median(value for value in held if value is not None))

    def _a_head(self, name: str) -> float:
        """Median of a component to people, over the states that have both."""
        held = [(getattr(s.components, name), s.components.tpop) for s in self.nmc.states]
        rates = [value / people for value, people in held if value is not None and people]
        return float(median(rates))


@attrs.frozen(kw_only=True)
class EqualWorld:
    """A year of which no capabilities are known: every state is taken for equal, within a factor.

    Attributes
    ----------
    year : int
        The year that begins.
    states : int
        How many there are.
    """

    year: int
    states: int

    def has(self, code: int) -> bool:
        """Return whether there are figures of a state: there always are."""
        return code > 0

    def state(self, code: int, identifier: str, name: str, *, sea: bool) -> State:
        """Return a state like all others; see `World.state`."""
        words = "no file of capabilities was given: all states are taken for equal"
        same = {
            name: _about(1.0, unit, self.year, words)
            for name, unit in (
                ("active_personnel", "thousand"),
                ("military_expenditure", "USD bn"),
                ("arms_industry", "USD bn"),
                ("gdp", "USD bn"),
            )
        }
        return State(
            identifier,
            name,
            **same,
            missile_class=Quantity(0.0, "ordinal", self.year, words, "derived"),
            nuclear_warheads=Quantity(0.0, "count", self.year, words, "derived"),
            experience=_between(0.05, 0.0, 0.1, "share", self.year, "no data set measures it"),
            projection="sea" if sea else "land",
            code=20000 + code,
        )

    @property
    def totals(self) -> WorldTotals:
        """Totals of so many equal states."""
        units = {"active_personnel": "thousand", "missile_class": "ordinal"}
        return WorldTotals(
            **{
                field.name: Quantity(
                    float(self.states),
                    units.get(field.name, "USD bn"),
                    self.year,
                    "the number of states",
                    "derived",
                )
                for field in attrs.fields(WorldTotals)
            }
        )


def _about(value: float, unit: str, year: int, words: str) -> Quantity:
    least = max(value, 1e-6)
    prior = LogNormal(p05=least / FACTOR, p95=least * FACTOR)
    text = f"judgement: rests on states like it; {words}"
    return Quantity(least, unit, year, text, "judgement", prior)


def _between(value: float, low: float, high: float, unit: str, year: int, words: str) -> Quantity:
    return Quantity(value, unit, year, f"judgement: {words}", "judgement", Uniform(low, high))


def capability_file(folder: str | Path, given: str | Path | None = None) -> Path:
    """Return the file of capabilities that goes with a folder of the record.

    Parameters
    ----------
    folder : str or Path
        The folder; its own files and those of ``raw`` beside it are looked at.
    given : str or Path, optional
        The file itself.

    Raises
    ------
    InvalidInput
        If there is none.
    """
    if given is not None:
        if not Path(given).is_file():
            raise InvalidInput("no such file", where=str(given), allowed="a CSV file of NMC")
        return Path(given)
    places = (Path(folder), Path(folder) / "raw", Path(folder).absolute().parent / "raw")
    for place in places:
        found = sorted(place.glob("NMC*.csv"))
        if found:
            return found[0]
    raise InvalidInput(
        "no file of National Material Capabilities",
        where=str(folder),
        allowed="NMC*.csv in the folder, in raw beside it, or given with --nmc",
    )


def cinc_before(path: str | Path, year: int) -> pd.Series:
    """Return each state's last known share of the world's capabilities before a year, by ccode."""
    import pandas as pd

    table = pd.read_csv(path, usecols=["ccode", "year", "cinc"])
    table = table[(table["year"] < year) & (table["cinc"] > 0.0)].sort_values("year")
    return table.groupby("ccode")["cinc"].last()


def world_of(path: str | Path, year: int) -> World:
    """Return the last whole year of capabilities before a year.

    Parameters
    ----------
    path : str or Path
        A file of National Material Capabilities.
    year : int
        The year that begins.

    Raises
    ------
    InvalidInput
        If no whole year lies before.
    """
    import pandas as pd

    table = pd.read_csv(path, usecols=["year", "cinc"])
    held = table[table["year"] < year].groupby("year")["cinc"].sum()
    whole = held.index[held >= WHOLE]
    if not len(whole):
        raise InvalidInput(
            f"no whole year before {year}",
            where=f"{Path(path).name}: year",
            allowed="a file of all states",
        )
    return World(nmc=read_nmc(path, int(whole.max())), year=year)
