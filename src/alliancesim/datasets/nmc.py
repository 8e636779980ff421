"""What did states have in a year? The field's own data set: National Material Capabilities.

The Correlates of War project publishes, state by state and year by year, six components of
material capability and their index, CINC. Here the user's own file is read as it is: a gap stays
a gap, totals of the world are sums over the states that have a figure, and CINC is worked out
again, so that a file that is damaged or cut short is noticed.

References
----------
Singer, Bremer & Stuckey (1972), "Capability distribution, uncertainty, and major power war,
1820-1965"; Singer (1987), "Reconstructing the Correlates of War dataset on material capabilities
of states, 1816-1985".
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.codes import hint, meanings
from alliancesim.data.names import hint as nearest
from alliancesim.data.names import listed
from alliancesim.data.quantity import Quantity
from alliancesim.data.state import Projection, State, WorldTotals
from alliancesim.datasets._nmc_states import made_state, made_totals
from alliancesim.datasets._rows import Row, required, rows, state_of
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.datasets._tables import Source

__all__ = ["Capabilities", "Component", "Components", "Nmc", "read_nmc"]

Component = Literal["milex", "milper", "irst", "pec", "tpop", "upop"]
"""The six components, as the data set calls them."""
COMPONENTS: tuple[Component, ...] = get_args(Component)
MISSING = -9
FIRST_YEAR_IN_DOLLARS = 1914
WHOLE = 0.98  # of the index: what a file of the whole world adds up to, within its gaps


@attrs.frozen(kw_only=True)
class Components:
    """Six components of material capability; None where the data set has a gap.

    Attributes
    ----------
    milex : float or None
        Military spending a year, thousand current USD; before 1914 thousand current GBP.
    milper : float or None
        Military personnel, thousand.
    irst : float or None
        Iron and steel produced a year, thousand tons.
    pec : float or None
        Primary energy consumed a year, thousand tons of coal.
    tpop, upop : float or None
        People, and people in cities of 100,000 or more, thousand.
    """

    milex: float | None
    milper: float | None
    irst: float | None
    pec: float | None
    tpop: float | None
    upop: float | None

    @property
    def gaps(self) -> tuple[Component, ...]:
        """The components that have no figure."""
        return tuple(name for name in COMPONENTS if getattr(self, name) is None)


@attrs.frozen(kw_only=True)
class Capabilities:
    """What the data set says of one state in one year.

    Attributes
    ----------
    abb : str
        The data set's abbreviation, such as GMY.
    ccode : int
        The data set's number, such as 255.
    id : str
        What the library calls it, as in treaties that :func:`read_atop` reads, such as DEU.
    components : Components
        What it has.
    published : float or None
        CINC as the file gives it, share of the world.
    """

    abb: str
    ccode: int
    id: str
    components: Components
    published: float | None


@attrs.frozen(kw_only=True, repr=False)
@checked
class Nmc:
    """A year of National Material Capabilities.

    Attributes
    ----------
    year : int
        The year.
    states : tuple of Capabilities
        Every state that the file has in that year, in its order.
    """

    year: int
    states: tuple[Capabilities, ...]

    def __repr__(self) -> str:
        return f"<Nmc of {self.year}: {len(self.states)} states>"

    @property
    def units(self) -> dict[Component, str]:
        """The unit of every component in this year."""
        money = "USD" if self.year >= FIRST_YEAR_IN_DOLLARS else "GBP"
        return {
            "milex": f"thousand {money}",
            "milper": "thousand",
            "irst": "thousand tons",
            "pec": "thousand tons of coal",
            "tpop": "thousand",
            "upop": "thousand",
        }

    @property
    def totals(self) -> Components:
        """The sum of every component over the states that have a figure; None where none has."""
        return Components(**{name: self._total(name) for name in COMPONENTS})

    def _total(self, name: Component) -> float | None:
        held = [getattr(state.components, name) for state in self.states]
        found = [value for value in held if value is not None]
        return sum(found) if found else None

    def of(self, which: str | int) -> Capabilities:
        """Return a state by its id, its number, or an abbreviation.

        Parameters
        ----------
        which : str or int
            The library's id; the file's own abbreviation or number; or what other lists call it,
            as `alliancesim.datasets.state_id` understands them.

        Raises
        ------
        InvalidInput
            If the file has no such state in this year, or more than one: ``AUS`` is Australia's id
            and the abbreviation of Austria.
        """
        found = self._named(which)
        if len(found) > 1:
            may = " or ".join(f"{each.id} ({each.abb}, {each.ccode})" for each in found)
            raise InvalidInput(
                f"{which} may be {may}",
                where="nmc",
                allowed="its number, or what only one of them is called",
            )
        if found:
            return found[0]
        known = [state.abb for state in self.states]
        raise InvalidInput(
            f"no state {str(which)[:60]!r} in {self.year}{hint(which) or nearest(which, known)}",
            where="nmc",
            allowed=listed(known),
        )

    def _named(self, which: str | int) -> list[Capabilities]:
        """Return the states that a name or number stands for, in this file or in any list."""
        if not isinstance(which, str):
            which = whole_number("state", which, 0, 9999)
        found = [
            state for state in self.states if str(which) in (state.abb, state.id, str(state.ccode))
        ]
        ids = {each.id for each in meanings(which, dt.date(self.year, 12, 31))}
        return found or [state for state in self.states if state.id in ids]

    def cinc(self, which: str | int) -> float | None:
        """Return the Composite Index of National Capability, worked out from the components.

        It is the mean of a state's shares of the world. A component that is missing is left out
        of the mean, not counted as zero, as the data set's authors do; so where there are gaps
        the index of all states sums to a little more than 1.

        Parameters
        ----------
        which : str or int
            As in :meth:`of`.

        Returns
        -------
        float or None
            Share of the world, 0 to 1; None where no component has a figure.
        """
        components, totals = self.of(which).components, self.totals
        shares = [
            getattr(components, name) / getattr(totals, name)
            for name in COMPONENTS
            if getattr(components, name) is not None and getattr(totals, name)
        ]
        return sum(shares) / len(shares) if shares else None

    def state(
        self,
        which: str | int,
        *,
        name: str,
        experience: Quantity,
        projection: Projection = "land",
        **judged: Quantity,
    ) -> State:
        """Return a state for a scenario.

        Personnel are `milper`; spending is `milex`, in dollars at par before 1914; the arms
        industry goes by `irst`; the economy by the geometric mean of `pec` and `tpop`, with a wide
        prior. Before 1944 there are no missiles and before 1945 no warheads. What the data set does
        not have must be given.

        Parameters
        ----------
        which : str or int
            As in :meth:`of`.
        name : str
            Its name in a sentence.
        experience : Quantity
            As in `State`: no data set measures it.
        projection : {"land", "sea"}
            As in `State`.
        **judged : Quantity
            Figures that stand in for the data set's, or for what it lacks, by their names in
            `State`, such as ``active_personnel``.

        Raises
        ------
        InvalidInput
            If a component is a gap, or the data set has no such figure, and none is given.
        """
        return made_state(
            self, which, name=name, experience=experience, projection=projection, judged=judged
        )

    def world_totals(self, **judged: Quantity) -> WorldTotals:
        """Return the totals of this year's world, for a scenario's ``totals``.

        Parameters
        ----------
        **judged : Quantity
            Totals that stand in for the data set's, or for what it lacks: from 1944 on
            ``missile_class`` must be given.

        Raises
        ------
        InvalidInput
            If the file does not hold the whole world, or a total is missing and not given.
        """
        held = sum(state.published or 0.0 for state in self.states)
        if held < WHOLE:
            problem = f"the states of {self.year} hold {held:.0%} of the world by their cinc"
            raise InvalidInput(problem, where="nmc", allowed="a file of all states")
        return made_totals(self, judged)


@checked
def read_nmc(path: Source, year: int) -> Nmc:
    """Return a year of National Material Capabilities from a file of its authors.

    Parameters
    ----------
    path : str, path, open file or DataFrame
        A CSV file, one of Stata, or a table in memory, with the columns ccode, year, milex,
        milper, irst, pec, tpop, upop and cinc; where it has ``stateabb``, that is read too. A
        gap is -9, empty, ``NA`` or a point.
        Commas, semicolons, tabs or bars part the columns; with the latter three a comma may be
        the decimal mark. Letters other than ASCII must be UTF-8 in the columns that are read.
    year : int
        Which year.

    Raises
    ------
    InvalidInput
        If a column is missing, a cell is no number or negative, a state stands twice in the year,
        or the file does not have the year.
    """
    table = rows(path, ("ccode", "year", *COMPONENTS, "cinc"), of="NMC")
    years = [required(row, "year") for row in table]
    found = [row for row, its in zip(table, years, strict=True) if its == year]
    if not found:
        allowed = f"{min(years)} to {max(years)}" if years else "a table with rows"
        name = table[0].where.partition(": row")[0] if table else "nmc"
        raise InvalidInput(f"no row of {year!r}", where=f"{name}: year", allowed=allowed)
    states: dict[int, Capabilities] = {}
    for row in found:
        code = required(row, "ccode")
        if code in states:
            raise InvalidInput(
                f"{code} stands twice in {year}", where=f"{row.where}: ccode", allowed="once"
            )
        states[code] = _capabilities(row, code, year)
    return Nmc(year=year, states=tuple(states.values()))


def _capabilities(row: Row, code: int, year: int) -> Capabilities:
    identifier = state_of(code, dt.date(year, 12, 31))
    return Capabilities(
        abb=row.cells.get("stateabb", "").strip() or identifier,
        ccode=code,
        id=identifier,
        components=Components(**{name: _cell(row, name) for name in COMPONENTS}),
        published=_cell(row, "cinc"),
    )


def _cell(row: Row, column: str) -> float | None:
    value = row.number(column)
    if value is None or value == MISSING:
        return None
    if value < 0:
        raise InvalidInput(
            f"{value:g} is negative", where=f"{row.where}: {column}", allowed="0 or more, or -9"
        )
    return value
