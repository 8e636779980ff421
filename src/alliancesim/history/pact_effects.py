"""What does a pact change for its members? Worlds of the year before it, played with and without.

For each pact a world is built from what was known before the year in which it was formed: its
members, what borders or rivals them, and the major powers. Its own row gives who owes whom and on
which conditions; nothing that came of it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.engine.play import play
from alliancesim.history.build import scenario_of
from alliancesim.history.materials import Materials, materials
from alliancesim.history.onsets import most_disputes
from alliancesim.history.record import Record
from alliancesim.history.treaties import pact_treaty, treaties_before
from alliancesim.scenario import Arm

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.law import Treaty
    from alliancesim.outcomes.tally import Tally
    from alliancesim.scenario import Scenario

__all__ = ["PactForecasts", "forecast_pacts", "formed_between", "terms_of"]

Array = NDArray[np.float64]
MOST = 32
"""States in one world at most, members aside."""
MONTHS = 60
WITHOUT, WITH = "without", "with"
TAILS = (0.025, 0.975)
OUTCOMES = ("on", "by")


@attrs.frozen(kw_only=True, eq=False)
class PactForecasts:
    """Forecasts of what pacts change.

    Attributes
    ----------
    table : DataFrame
        One row a pact and member: ``atopid``, ``formed_year``, ``ccode``, ``conditional``,
        ``bilateral``; ``on_with`` and ``on_without``, disputes of five years by others on the
        member that are expected; ``by_with`` and ``by_without``, disputes by it on others;
        ``on_ratio`` and ``by_ratio`` with ``_low`` and ``_high``, 95 % over draws of the priors.
    draws : dict of str to array, shape (rows, draws)
        The same four counts, draw by draw of the priors, shared by all pacts.
    parameters : DataFrame
        The draws: a row each, a column a parameter.
    left_out : tuple of (int, str)
        Pacts that could not be played, and why.
    """

    table: pd.DataFrame
    draws: dict[str, Array]
    parameters: pd.DataFrame
    left_out: tuple[tuple[int, str], ...]


def formed_between(record: Record, first: int, last: int) -> pd.DataFrame:
    """Return the rows of founders of the pacts that were formed in some years, terms alone."""
    rows = record.pacts
    rows = rows[(rows["formed_year"] >= first) & (rows["formed_year"] <= last)]
    return terms_of(rows[rows["founder"] == 1])


def terms_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what rows of pacts say of who is bound and how, without what came of them."""
    from alliancesim.history._columns import TERMS

    return rows[["atopid", "member_ccode", "formed_year", *TERMS]]


def forecast_pacts(
    record: Record,
    pacts: pd.DataFrame,
    nmc: str | Path | None,
    *,
    known_until: int | None = None,
    worlds: int = 400,
    worlds_per_draw: int = 8,
    seed: int = 0,
    threads: int | None = None,
    progress: Callable[[str], object] | None = None,
) -> PactForecasts:
    """Play each pact with and without, in worlds of what was known before it.

    Parameters
    ----------
    record : Record
    pacts : DataFrame
        Rows of `terms_of`.
    nmc : str, Path or None
        A file of National Material Capabilities; None takes all states for equal.
    known_until : int, optional
        The last year that any world may know, for a forecast from one origin; by default the year
        before each pact.
    worlds, worlds_per_draw, seed, threads : int
        As in `alliancesim.compare`.
    progress : callable, optional
        Called with the name of each pact that is about to be played.
    """
    import pandas as pd

    @cache
    def before(year: int) -> Materials:
        return materials(record, year, nmc)

    per_draw = min(worlds_per_draw, worlds)
    rows, draws, left_out = [], [], []
    parameters: pd.DataFrame | None = None
    for key, members in pacts.groupby("atopid", sort=True):
        atopid, year = int(str(key)), int(members["formed_year"].min())
        if known_until is not None:
            year = min(year, known_until + 1)
        if progress is not None:
            progress(f"pact {atopid}, {year}")
        found = before(year)
        played, why = _played(found, atopid, members)
        if played is None:
            left_out.append((atopid, why))
            continue
        treaty, states, inside = played
        tally = play(
            _scenario(found, states, treaty, inside),
            [WITHOUT, WITH],
            worlds=worlds,
            worlds_per_draw=per_draw,
            seed=seed,
            threads=threads,
        )
        if parameters is None:
            parameters = pd.DataFrame({each: tally.draws[each] for each in ASKED})
        for member in inside:
            counts = _counts(tally, member, inside, per_draw)
            draws.append(counts)
            rows.append(_row(found, atopid, members, member, counts))
    return PactForecasts(
        table=pd.DataFrame(rows),
        draws={name: np.array([each[name] for each in draws]) for name in COUNTS},
        parameters=pd.DataFrame() if parameters is None else parameters,
        left_out=tuple(left_out),
    )


ASKED = ("challenge_scale", "insured_share")
"""Parameters whose values the record may favour: s_D and ι."""
COUNTS = tuple(f"{outcome}_{arm}" for outcome in OUTCOMES for arm in (WITHOUT, WITH))


def _played(
    found: Materials, atopid: int, members: pd.DataFrame
) -> tuple[tuple[Treaty, tuple[str, ...], tuple[str, ...]] | None, str]:
    """Return the treaty, the states of its world and the members there; or None and why not."""
    ids = found.known.state_ids()
    system = {each for each in found.known.members(found.year - 1) if found.world.has(each)}
    inside = [int(each) for each in members["member_ccode"] if int(each) in system]
    if len(inside) < 2:
        return None, f"fewer than two members were in the system in {found.year - 1}"
    treaty = pact_treaty(atopid, members[members["member_ccode"].isin(inside)], ids, settled=True)
    if treaty is None:
        return None, "nobody there owes another defence"
    table = found.rates.table
    close = table[(table["rivalry"] == 1) | (table["contiguity"] > 0)].index
    beside = {a for a, b in close if b in inside} | {b for a, b in close if a in inside}
    others = (beside | found.known.major_powers(found.year - 1)) & system - set(inside)
    kept = most_disputes(table, others, MOST)
    states = tuple(sorted(ids[each] for each in (*inside, *kept)))
    return (treaty, states, tuple(sorted(ids[each] for each in inside))), ""


def _scenario(
    found: Materials, states: tuple[str, ...], treaty: Treaty, inside: Sequence[str]
) -> Scenario:
    standing = tuple(
        each
        for each in treaties_before(found.known, states, settled=True)
        if each.id != treaty.id and each.code != treaty.code
    )
    arms = (
        Arm(WITHOUT, "Every pact of the year before"),
        Arm(WITH, "The same, and the pact", (treaty.id,)),
    )
    return scenario_of(
        found, states, (*standing, treaty), (arms, WITHOUT, tuple(inside)), MONTHS, focus=states
    )


def _counts(tally: Tally, member: str, inside: Sequence[str], per_draw: int) -> dict[str, Array]:
    """Return expected disputes of a member with outsiders, means over the worlds of each draw."""
    expected = tally.values("adversary_disputes_expected")
    states = list(tally.states)
    me = states.index(member)
    outside = [row for row, each in enumerate(states) if each not in inside]
    sums = {
        "on": expected[:, :, me, :][:, :, outside].sum(axis=2),
        "by": expected[:, :, outside, me].sum(axis=2),
    }
    worlds = len(expected) // per_draw * per_draw
    made = {}
    for outcome, values in sums.items():
        for arm, name in enumerate((WITHOUT, WITH)):
            each = values[:worlds, arm].reshape(-1, per_draw)
            made[f"{outcome}_{name}"] = each.mean(axis=1)
    return made


def _row(
    found: Materials, atopid: int, members: pd.DataFrame, member: str, counts: dict[str, Array]
) -> dict[str, float]:
    codes = {each: code for code, each in found.known.state_ids().items()}
    row: dict[str, float] = {
        "atopid": atopid,
        "formed_year": int(members["formed_year"].min()),
        "ccode": codes[member],
        "conditional": int((members["conditional"] == 1).any()),
        "bilateral": int((members["bilateral"] == 1).any()),
        **{name: float(each.mean()) for name, each in counts.items()},
    }
    for outcome in OUTCOMES:
        without, with_it = counts[f"{outcome}_{WITHOUT}"], counts[f"{outcome}_{WITH}"]
        ratio = (with_it + STEADY) / (without + STEADY)
        row[f"{outcome}_ratio"] = (with_it.mean() + STEADY) / (without.mean() + STEADY)
        row[f"{outcome}_ratio_low"], row[f"{outcome}_ratio_high"] = np.quantile(ratio, TAILS)
    return row


STEADY = 1e-3
"""Disputes added to both counts, so that a member whom nobody challenges has a ratio of 1."""
