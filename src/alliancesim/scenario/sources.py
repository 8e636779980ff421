"""Where every number comes from: the figures behind a state, a pair, a treaty or a parameter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.data.checks import text
from alliancesim.data.codes import hint as state_hint
from alliancesim.data.names import hint, listed
from alliancesim.data.quantity import Parameter, Quantity
from alliancesim.data.state import QUANTITIES, Pair, State, WorldTotals
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario.scenario import Scenario

__all__ = ["SourcedQuantity", "new_quantities", "quantities"]

MARKS = {
    "V": "verified",
    "VC": "computed",
    "R": "recalled",
    "J": "judgement",
    "calibrated": "calibrated",
    "fixed": "convention",
}


@attrs.frozen
class SourcedQuantity:
    """One number or clause with its source.

    Parameters
    ----------
    subject : str
        What it is about: a state, a pair, a treaty or a parameter.
    item : str
        Which of its figures or clauses.
    value : str
        The number, or the words.
    unit : str
        Its unit; empty where it has none.
    year : int or None
        The year it describes.
    source : str
        Where it comes from.
    status : str
        How far to trust it.
    prior : str
        Its uncertainty in words; empty where none is given.
    """

    subject: str
    item: str
    value: str
    unit: str
    year: int | None
    source: str
    status: str
    prior: str = attrs.field(default="", validator=text(empty=True))


@checked
def quantities(identifier: str, scenario: Scenario | None = None) -> tuple[SourcedQuantity, ...]:
    """Return every figure used about a state, a treaty or a parameter, with its source.

    Parameters
    ----------
    identifier : str
        A state such as ``"PAK"`` (its own figures, and those of its pairs), a pair such as
        ``"IND-PAK"``, a treaty such as ``"NATO"``, or the name of a parameter.
    scenario : Scenario, optional
        The scenario whose figures are meant; by default the catalogue's.

    Returns
    -------
    tuple of SourcedQuantity
        In the order: own figures, pairs, umbrellas, transfers, common shocks.

    Raises
    ------
    InvalidInput
        If nothing has that name.
    """
    found = tuple(_found(identifier, scenario))
    if found:
        return found
    states = _states(scenario)
    allowed = f"a state ({listed(states)}), a pair as {states[0]}-{states[1]}, "
    allowed += f"a treaty ({listed(_treaties(scenario))}), or a parameter's name"
    others = (*_treaties(scenario), *catalogue.names("parameters"))
    near = state_hint(identifier) or hint(identifier, others)
    problem = f"nothing is called {identifier!r}{near}"
    raise InvalidInput(problem, where="identifier", allowed=allowed)


def new_quantities(since: dt.date, identifier: str | None = None) -> tuple[SourcedQuantity, ...]:
    """Return every figure, clause and judgement that is used only after a day, with its source.

    Parameters
    ----------
    since : date
        The day: what a scenario with this cut-off has already is left out.
    identifier : str, optional
        A state, a treaty or a pair as ``"IND-PAK"``, to which the answer is narrowed.

    Returns
    -------
    tuple of SourcedQuantity
        Of the catalogue: totals, states, treaties; then what the newest edition of each question
        judges about pairs, umbrellas, transfers and common shocks.

    Raises
    ------
    InvalidInput
        If nothing has that name.
    """
    if identifier is not None:
        quantities(identifier)
    found = (*_new_in_catalogue(since), *_new_in_editions(since))
    return tuple(each for each in found if identifier is None or _about(each, identifier))


def _about(found: SourcedQuantity, identifier: str) -> bool:
    names = {*found.subject.split(), *found.subject.split("-"), found.subject}
    return identifier in names or "-".join(reversed(identifier.split("-"))) == found.subject


def _new_in_catalogue(since: dt.date) -> Iterator[SourcedQuantity]:
    yield from _beside(_of_totals(catalogue.totals()), _of_totals(catalogue.totals(since)))
    for name in catalogue.names("states"):
        newest, before = catalogue.state(name), catalogue.state(name, since)
        yield from _beside(_of_state(newest), _of_state(before))
    for name in catalogue.names("treaties"):
        clauses = (_of_clauses(name, "", catalogue.treaty(name, day)) for day in (None, since))
        yield from _beside(*clauses)


def _new_in_editions(since: dt.date) -> Iterator[SourcedQuantity]:
    from alliancesim.scenario.files import load

    for each in catalogue.editions():
        newest = load(each.newest)
        if newest.cutoff <= since:
            continue
        older = [load(name) for name in each.editions[:-1]]
        known = [edition for edition in older if edition.cutoff <= since]
        yield from _beside(_judged(newest), _judged(known[-1]) if known else iter(()))


def _judged(scenario: Scenario) -> Iterator[SourcedQuantity]:
    """Yield what the author of a scenario judged beside the catalogue."""
    for pair in scenario.pairs:
        yield from _of_pair(pair)
    for state in scenario.states:
        of_patron = (each for each in scenario.umbrellas if each.patron == state.id)
        for umbrella in of_patron:
            subject = f"{umbrella.patron} over {umbrella.client}"
            yield _of_figure(subject, "belief in cover", umbrella.belief)
    for transfer in scenario.transfers:
        subject = f"{transfer.payer} to {transfer.payee}"
        yield _of_figure(subject, f"transfer under {transfer.treaty}", transfer.amount)
    for shock in scenario.common_shocks:
        yield _of_figure(shock.state, "common shock", shock.factor)


def _of_totals(totals: WorldTotals) -> Iterator[SourcedQuantity]:
    fields = (each.name for each in attrs.fields(WorldTotals))
    return (_of_figure("totals of the world", name, getattr(totals, name)) for name in fields)


def _beside(
    new: Iterator[SourcedQuantity], old: Iterator[SourcedQuantity]
) -> Iterator[SourcedQuantity]:
    """Yield what is new or has changed."""
    known = set(old)
    return (each for each in new if each not in known)


def _found(identifier: str, scenario: Scenario | None) -> Iterator[SourcedQuantity]:
    states = _states(scenario)
    if identifier in states:
        yield from _of_state(
            scenario.state(identifier) if scenario else catalogue.state(identifier)
        )
        for other in states:
            if other != identifier:
                yield from _of_pair(_pair(identifier, other, scenario))
        yield from _of_umbrellas(identifier, scenario)
        yield from _of_transfers(identifier, scenario)
        yield from _of_shocks(identifier, scenario)
    if identifier in _treaties(scenario):
        treaty = scenario.treaty(identifier) if scenario else catalogue.treaty(identifier)
        yield from _of_clauses(identifier, "", treaty)
    first, _, second = str(identifier).partition("-")
    if first in states and second in states and first != second:
        yield from _of_pair(_pair(first, second, scenario))
    parameters = scenario.parameters if scenario else catalogue.parameters()
    yield from (_of_parameter(each) for each in parameters if each.name == identifier)


def _states(scenario: Scenario | None) -> tuple[str, ...]:
    return tuple(s.id for s in scenario.states) if scenario else catalogue.names("states")


def _treaties(scenario: Scenario | None) -> tuple[str, ...]:
    return tuple(t.id for t in scenario.treaties) if scenario else catalogue.names("treaties")


def _pair(a: str, b: str, scenario: Scenario | None) -> Pair:
    return scenario.pair(a, b) if scenario else catalogue.pair(a, b)


def _of_figure(subject: str, item: str, figure: Quantity) -> SourcedQuantity:
    return SourcedQuantity(
        subject,
        item,
        f"{figure.value:g}",
        figure.unit,
        figure.year,
        figure.source,
        figure.status,
        _words(figure.prior),
    )


def _words(prior: Any) -> str:
    """Say a prior in a few words, such as ``Beta(a=1, b=9)``."""
    if prior is None:
        return ""
    finite = (f"{key}={value:g}" for key, value in attrs.asdict(prior).items())
    return f"{type(prior).__name__}({', '.join(each for each in finite if 'inf' not in each)})"


def _of_state(state: State) -> Iterator[SourcedQuantity]:
    yield from (_of_figure(state.id, name, getattr(state, name)) for name in QUANTITIES)
    if state.reputation is not None:
        yield _of_figure(state.id, "reputation", state.reputation)


def _of_pair(pair: Pair) -> Iterator[SourcedQuantity]:
    subject = f"{pair.a}-{pair.b}"
    yield _of_figure(subject, "distance_km", pair.distance_km)
    record = f"{pair.onsets} in {pair.dyad_years} years; rivalry {pair.rivalry}"
    status = "judgement" if "judgement" in pair.source else "computed"
    yield SourcedQuantity(subject, "disputes begun", record, "", None, pair.source, status)
    for name in ("rate_multiplier_a", "rate_multiplier_b", "tie", "heat"):
        figure = getattr(pair, name)
        if figure is not None:
            yield _of_figure(subject, name, figure)


def _of_umbrellas(identifier: str, scenario: Scenario | None) -> Iterator[SourcedQuantity]:
    for umbrella in scenario.umbrellas if scenario else ():
        if identifier in (umbrella.patron, umbrella.client):
            subject = f"{umbrella.patron} over {umbrella.client}"
            yield _of_figure(subject, "belief in cover", umbrella.belief)


def _of_transfers(identifier: str, scenario: Scenario | None) -> Iterator[SourcedQuantity]:
    for each in scenario.transfers if scenario else ():
        if identifier in (each.payer, each.payee):
            subject = f"{each.payer} to {each.payee}"
            yield _of_figure(subject, f"transfer under {each.treaty}", each.amount)


def _of_shocks(identifier: str, scenario: Scenario | None) -> Iterator[SourcedQuantity]:
    for each in scenario.common_shocks if scenario else ():
        if identifier == each.state:
            yield _of_figure(each.state, "common shock", each.factor)


def _of_parameter(parameter: Parameter) -> SourcedQuantity:
    return SourcedQuantity(
        parameter.name,
        parameter.meaning,
        f"{parameter.value:g}",
        parameter.unit,
        None,
        parameter.source,
        MARKS[parameter.mark],
        _words(parameter.prior),
    )


def _of_clauses(subject: str, path: str, value: Any) -> Iterator[SourcedQuantity]:
    """Walk a treaty's clauses, and yield each that names an article or a source."""
    if isinstance(value, Quantity):
        yield _of_figure(subject, path, value)
    elif isinstance(value, tuple):
        for n, element in enumerate(value):
            yield from _of_clauses(subject, f"{path} {n + 1}", element)
    elif attrs.has(type(value)):
        source, article = (getattr(value, name, "") for name in ("source", "article"))
        if source or article:
            words = getattr(value, "quote", "") or getattr(value, "words", "")
            text = "; ".join(part for part in (article, words) if part)
            status = str(getattr(value, "status", ""))
            item = path or "treaty"
            yield SourcedQuantity(subject, item, text, "", None, source, status)
        for field in attrs.fields(type(value)):
            inner = f"{path}: {field.name}" if path else field.name
            yield from _of_clauses(subject, inner, getattr(value, field.name))
