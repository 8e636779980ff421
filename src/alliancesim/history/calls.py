"""Who joins a call, and how far? The rules' own terms, their weights conditioned on past calls.

The ladder of `alliancesim.rules.response` gives an ally's log-odds as a weighted sum of interest,
threat, duty, distance and conflict. Here the same terms are taken for a call of the record, and
their weights are drawn from the calls that are known, with the catalogue's as a prior. Four terms
are added that the rules lack and the record asks for: how near the ally is to the opponent, how
many others owe the same, how powerful the ally is, and whether it is a major power. The level is
that of one ordered logit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.history.logistic import Logistic, fit_logistic
from alliancesim.law import scale
from alliancesim.rules import response
from alliancesim.rules.strength import projection

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Record

__all__ = ["ADDED", "OWN", "call_cases", "fit_joining", "forecast_calls", "terms"]

Array = NDArray[np.float64]
OWN = ("interest", "threat", "duty", "distance", "conflict")
"""Terms of the rules, signed as they enter the log-odds."""
ADDED = ("near_opponent", "others_owe", "power", "major")
"""Terms that the rules lack."""
USUAL_KM = 6_000.0
"""About the middle distance of an ally to a partner, where none is known."""
USUAL_CINC = 0.001
"""About the middle share of capabilities, where none is known."""
LEAST_CINC = 1e-5
MODERN = 1946
FEW = 10
"""Answers since 1946 under which earlier calls are fitted on too."""
PRECISION = 5.0
LEVELS = {"force": 4, "war": 5}
"""Levels told apart beside joining at all, as the record's hostility has them."""


def call_cases(record: Record, first: int, last: int) -> pd.DataFrame:
    """Return the calls of some years: one row a dispute and ally, without what came of them.

    An ally that is itself an original party is left out. Where it is bound to several parties of a
    dispute, the nearest of each distance is taken, and any rivalry or pact.
    """
    found = record.calls
    found = found[(found["start_year"] >= first) & (found["start_year"] <= last)]
    return _by_ally(found)


def _by_ally(calls: pd.DataFrame) -> pd.DataFrame:
    rows = calls[calls["already_in"] == 0]
    rows = rows.assign(attacked=(rows["partner_side"] == "B").astype(float))
    grouped = rows.groupby(["dispute", "ally_ccode"], sort=True)
    how = dict.fromkeys(LEAST, "min") | dict.fromkeys(MOST, "max")
    return grouped.agg({"start_year": "first", **how}).reset_index()


LEAST = ("km_ally_partner", "km_ally_opponent", "n_called", "conditional")
MOST = (
    *("attacked", "ally_rival_of_opponent", "ally_rival_of_partner", "ally_pact_with_opponent"),
    *("ally_major", "opponent_major", "ally_cinc", "opponent_cinc"),
)


def answers(record: Record, cases: pd.DataFrame) -> pd.DataFrame:
    """Return what came of calls, in the order of the cases: joined, force and war, 0 or 1."""
    rows = record.calls[record.calls["already_in"] == 0]
    names = {"joined": "joined", "joined_force": "force", "joined_war": "war"}
    best = rows.groupby(["dispute", "ally_ccode"])[list(names)].max().fillna(0.0)
    keys = [(each.dispute, each.ally_ccode) for each in cases.itertuples()]
    return best.reindex(keys).rename(columns=names).reset_index(drop=True)


def terms(cases: pd.DataFrame, names: Sequence[str] = (*OWN, *ADDED)) -> Array:
    """Return the terms of the log-odds, one row a case and a column for each name."""
    value = {each.name: each.value for each in catalogue.parameters()}
    km = {
        name: cases[f"km_ally_{name}"].fillna(USUAL_KM).to_numpy(float)
        for name in ("partner", "opponent")
    }
    own = cases["ally_cinc"].fillna(USUAL_CINC).clip(lower=LEAST_CINC).to_numpy(float)
    theirs = cases["opponent_cinc"].fillna(USUAL_CINC).to_numpy(float)
    major = cases["opponent_major"].fillna(0.0).to_numpy(float)
    decay = np.where(major > 0, value["decay_sea"], value["decay_land"])
    reach = np.vectorize(projection)(km["opponent"], decay)
    rival = cases["ally_rival_of_opponent"].fillna(0.0).to_numpy(float)
    of_partner = cases["ally_rival_of_partner"].fillna(0.0).to_numpy(float)
    attacked = cases["attacked"].to_numpy(float)
    binding = scale.wording("deems-necessary").binding
    weight = response.duty_weight(  # type: ignore[no-untyped-call]
        3, binding, value["duty_consult"], value["duty_assist"], value["duty_defend"]
    )
    made = {
        "interest": np.vectorize(response.interest)(
            0.0, of_partner, km["partner"], value["interest_proximity"], value["interest_range"]
        ),
        "threat": np.vectorize(response.threat)(rival, theirs * reach, own),
        "duty": weight * attacked,
        "distance": -km["partner"] / 1000.0,
        "conflict": -cases["ally_pact_with_opponent"].fillna(0.0).to_numpy(float),
        "near_opponent": -np.log1p(km["opponent"]),
        "others_owe": -np.log(cases["n_called"].fillna(1.0).clip(lower=1.0).to_numpy(float)),
        "power": np.log(own),
        "major": cases["ally_major"].fillna(0.0).to_numpy(float),
    }
    return np.column_stack([made[name] for name in names])


def _priors(names: Sequence[str]) -> Array:
    value = {each.name: each.value for each in catalogue.parameters()}
    given = {each: value[f"term_{each}"] for each in OWN}
    return np.array([given.get(name, 0.0) for name in names])


@attrs.frozen(kw_only=True, eq=False)
class Joining:
    """How allies answer, conditioned on the calls that are known.

    Attributes
    ----------
    fit : Logistic
        The log-odds of joining.
    names : tuple of str
        Its terms.
    offsets : dict of str to float
        What is added to the log-odds for force and for war.
    calls, joined : int
        Calls that were fitted on, and how many were answered.
    """

    fit: Logistic
    names: tuple[str, ...]
    offsets: dict[str, float]
    calls: int
    joined: int


def fit_joining(known: Record, names: Sequence[str] = (*OWN, *ADDED)) -> Joining:
    """Condition the weights of the terms on the calls that are known.

    Parameters
    ----------
    known : Record
        The record, cut at the year of the forecast.
    names : sequence of str
        The terms, among `OWN` and `ADDED`.

    Raises
    ------
    InvalidInput
        If no call is known.
    """
    cases = fitted_cases(known)
    seen = answers(known, cases)
    joined = seen["joined"].to_numpy(float)
    fit = fit_logistic(
        terms(cases, names),
        joined,
        np.ones(len(cases)),
        prior=_priors(names),
        precision=PRECISION,
    )
    at = fit.log_odds(terms(cases, names))
    offsets = {each: _offset(at, float(seen[each].sum())) for each in LEVELS}
    return Joining(
        fit=fit, names=tuple(names), offsets=offsets, calls=len(cases), joined=int(joined.sum())
    )


def fitted_cases(known: Record) -> pd.DataFrame:
    """Return the calls to fit on: since 1946 where enough were answered, else all."""
    cases = _by_ally(known.calls)
    if not len(cases):
        raise InvalidInput("no call is known", where="calls.csv", allowed="calls of earlier years")
    modern = cases[cases["start_year"] >= MODERN].reset_index(drop=True)
    enough = len(modern) > 0 and answers(known, modern)["joined"].sum() >= FEW
    return modern if enough else cases


def _offset(log_odds: Array, count: float) -> float:
    """Return what to add to the log-odds so that their chances sum to a count, and a half."""
    from scipy.optimize import brentq
    from scipy.special import expit

    wanted = min(count + 0.5, 0.999 * len(log_odds))

    def gap(offset: float) -> float:
        return float(expit(log_odds + offset).sum()) - wanted

    return min(0.0, float(brentq(gap, -40.0, 40.0)))


def forecast_calls(joining: Joining, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the chance that each ally joins: dispute, ally_ccode, probability, low, high, levels.

    Parameters
    ----------
    joining : Joining
        What was fitted on calls known at the origin.
    cases : DataFrame
        Rows of `call_cases`.
    """
    from scipy.special import expit

    made = terms(cases, joining.names)
    at, error = joining.fit.log_odds(made), joining.fit.error(made)
    table = cases[["dispute", "ally_ccode", "start_year"]].rename(columns={"start_year": "year"})
    return table.assign(
        probability=expit(at),
        low=expit(at - 1.96 * error),
        high=expit(at + 1.96 * error),
        **{f"{name}_probability": expit(at + joining.offsets[name]) for name in LEVELS},
    )
