"""How each pattern is read off simulated worlds: one small function a number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from alliancesim.stats.paired import Design, Estimate, jackknifed, score_interval
from alliancesim.validation._selection import less_reliable, selected
from alliancesim.validation.generic import BILATERAL, MULTILATERAL
from alliancesim.validation.runs import CLIENTS, NUCLEAR, Plays, Run, World

__all__ = ["MEASURES", "Measure"]

Floats = NDArray[np.float64]
Measure = Callable[[Plays, World], Estimate]


def _share(run: Run, of: tuple[str, ...], over: tuple[str, ...]) -> Estimate:
    """Return one sum of counts over another."""
    above, below = (np.asarray(sum(run.total(each) for each in fields)) for fields in (of, over))
    found = Estimate.of_ratio(above, below, run.design)
    if found.error == 0:
        return score_interval(float(above.sum()), float(below.sum()))
    return found


def _share_of(*of: str, over: tuple[str, ...]) -> Measure:
    return lambda plays, world: _share(plays.reference(world), of, over)


# -- disputes ----------------------------------------------------------------------------------


def _rate(run: Run, chosen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return disputes in some pairs, and their pair-years, for each batch."""
    disputes = np.where(chosen, run.pairs["disputes"][:, 0], 0.0).sum(axis=(1, 2))
    return disputes, chosen.sum(axis=(1, 2)) / 2 * run.years


def _classed(run: Run, *classes: str) -> NDArray[np.bool_]:
    return np.isin(run.pair_classes, classes)


def _relevant(run: Run) -> NDArray[np.bool_]:
    return _classed(run, "rival", "land", "relevant")


def onset_relevant(plays: Plays, world: World) -> Estimate:
    """Disputes per politically relevant pair-year."""
    run = plays.reference(world)
    return Estimate.of_ratio(*_rate(run, _relevant(run)), run.design)


def onset_unrelated(plays: Plays, world: World) -> Estimate:
    """Disputes per other pair-year."""
    run = plays.reference(world)
    return Estimate.of_ratio(*_rate(run, _classed(run, "unrelated")), run.design)


def _times(run: Run, some: NDArray[np.bool_], others: NDArray[np.bool_]) -> Estimate:
    (first, exposed), (second, also) = _rate(run, some), _rate(run, others)
    return Estimate.of_ratio(first / exposed, second / also, run.design)


def rivals_times(plays: Plays, world: World) -> Estimate:
    """Rate of rivals over that of other relevant pairs."""
    run = plays.reference(world)
    return _times(run, _classed(run, "rival"), _classed(run, "land", "relevant"))


def neighbours_times(plays: Plays, world: World) -> Estimate:
    """Rate of land neighbours over that of all relevant pairs."""
    run = plays.reference(world)
    return _times(run, run.touching, _relevant(run))


def undecided(plays: Plays, world: World) -> Estimate:
    """Share of disputes that moved nothing."""
    run = plays.reference(world)
    ended = sum(run.total(each) for each in ("conceded", "won_by_challenger", "won_by_target"))
    disputes = run.total("disputes")
    return Estimate.of_ratio(disputes - ended, disputes, run.design)


def wars_of(*classes: str) -> Measure:
    """Make the share of disputes between pairs of some classes that became war.

    Wars are counted by their conditional expectation: in some classes few happen.
    """

    def measure(plays: Plays, world: World) -> Estimate:
        run = plays.reference(world)
        chosen = _classed(run, *classes)
        wars, disputes = (
            np.where(chosen, run.pairs[field][:, 0], 0.0).sum(axis=(1, 2))
            for field in ("wars_expected", "disputes")
        )
        return Estimate.of_ratio(wars, disputes, run.design)

    return measure


# -- wars --------------------------------------------------------------------------------------

_ENDS = ("won_by_challenger", "won_by_target", "drawn")


def _durations(plays: Plays, world: World) -> Floats:
    """Return the median and the 90 % point of wars' length in months, a row a batch with wars."""
    durations = plays.reference(world).durations[:, 0]
    counts = durations[durations.sum(axis=1) > 0]
    passed = np.cumsum(counts, axis=1) / counts.sum(axis=1, keepdims=True)
    points = [[np.searchsorted(each, q) for q in (0.5, 0.9)] for each in passed]
    return np.array(points, float).reshape(-1, 2)


def median_months(plays: Plays, world: World) -> Estimate:
    """Median length of wars that ended, mean over batches."""
    return _over_batches(_durations(plays, world)[:, 0])


def tail(plays: Plays, world: World) -> Estimate:
    """90 % point of wars' length over the median, mean over batches."""
    points = _durations(plays, world)
    return _over_batches(points[:, 1] / points[:, 0])


def _over_batches(values: Floats) -> Estimate:
    if len(values) < 2:
        return Estimate.absent()
    return Estimate.of(values, Design(worlds=len(values)))


# -- allies ------------------------------------------------------------------------------------


def honoured(preset: str) -> Measure:
    """Make the share of calls on those who owe defence that they answer with force."""

    def measure(plays: Plays, world: World) -> Estimate:
        return _share(plays.answers(world, preset), ("answered_force",), ("calls",))

    return measure


def together(plays: Plays, world: World) -> Estimate:
    """Correlation, over pairs called in one war, of whether each fights."""
    run = plays.answers(world)
    return pairs_correlation(np.stack([run.total(field) for field in PAIRS], axis=1))


PAIRS = ("call_pairs", "call_pairs_first", "call_pairs_both")
"""Counts of ordered pairs called in one war: all, those whose first fights, those that both do."""


def pairs_correlation(sums: Floats) -> Estimate:
    """Estimate the correlation of yes and no over ordered pairs drawn from the same war.

    The share that fights is that of the pairs too, so that wars weigh alike in both: the share of
    all calls is of other wars, where one ally alone is called.

    Parameters
    ----------
    sums : float array, shape (batches, 3)
        For each batch the pairs, those whose first fights and those that both do.
    """

    def correlation(total: Floats) -> Floats:
        p, both = total[1] / total[0], total[2] / total[0]
        return np.asarray((both - p * p) / (p * (1 - p)))

    return jackknifed(correlation, sums)


# -- pacts -------------------------------------------------------------------------------------


def deterred(plays: Plays, world: World) -> Estimate:
    """Yearly odds that an outsider challenges a member: with the conditional pact over without."""
    run = plays.pacts()
    outside = np.stack([~np.isin(run.states, each) for each in run.focus_states])
    years = run.years * outside.sum(axis=1) * run.focus.shape[2]
    counts = run.adversary["disputes_expected"].sum(axis=2)
    told = [(counts[:, arm] * outside).sum(axis=1) for arm in (0, 1)]

    def odds_ratio(total: Floats) -> Floats:
        without, within = total[:2] / total[2]
        return np.asarray(within / (1 - within) / (without / (1 - without)))

    return jackknifed(odds_ratio, np.stack([*told, years], axis=1))


def _change(run: Run, field: str, arm: int) -> Estimate:
    difference = (run.total(field, arm) - run.total(field)) / np.array(run.size)
    return Estimate.of(difference, run.design)


def conditional(field: str) -> Measure:
    """Make what the conditional pact changes, per world."""
    return lambda plays, world: _change(plays.pacts(), field, 1)


def unconditional(field: str) -> Measure:
    """Make what the unconditional pact changes, with a member that provokes in both arms."""
    return lambda plays, world: _change(plays.provoked(), field, 1)


def free_riding(publicness: float) -> Measure:
    """Make the rank correlation of members' GDP and what a pact does to their burden.

    Within each map, over the members of the unconditional pact, the change being the ratio of
    their burdens with it and without; mean over maps.
    """

    def measure(plays: Plays, world: World) -> Estimate:
        run = plays.riding(publicness)
        burden = run.focus["spending_share"]
        changed = burden[:, 1] / burden[:, 0]
        gdp = [
            [scenario.state(each).gdp.value for each in members]
            for scenario, members in zip(run.scenarios, run.focus_states, strict=True)
        ]
        return _over_batches(_rank_correlations(np.array(gdp), changed))

    return measure


def _rank_correlations(x: Floats, y: Floats) -> Floats:
    """Spearman's rank correlation of each row of one array with that of the other."""
    ranks = [np.argsort(np.argsort(each, axis=1), axis=1) for each in (x, y)]
    one, two = (each - each.mean(axis=1, keepdims=True) for each in ranks)
    correlations: Floats = (one * two).sum(axis=1) / (one**2).sum(axis=1)
    return correlations


# -- deterrents --------------------------------------------------------------------------------


def covered(plays: Plays, world: World) -> Estimate:
    """Wars on clients, with belief in their patrons' deterrents less without, per world."""
    with_, without = plays.reference(world), plays.uncovered()
    rows = np.isin(with_.focus_states[0], CLIENTS)
    wars = [run.focus["wars_on_expected"][:, 0, rows].sum(axis=1) for run in (with_, without)]
    return Estimate.of((wars[0] - wars[1]) / np.array(with_.size), with_.design)


def _among_nuclear(run: Run, field: str) -> Floats:
    rows = np.isin(run.focus_states[0], NUCLEAR)
    columns = np.isin(run.states, NUCLEAR)
    total: Floats = run.adversary[field][:, 0][:, rows][:, :, columns].sum(axis=(1, 2))
    return total


def among_nuclear(field: str) -> Measure:
    """Make the ratio of a count between nuclear states to the same without warheads."""

    def measure(plays: Plays, world: World) -> Estimate:
        armed, unarmed = plays.reference(world), plays.unarmed()
        counts = [_among_nuclear(run, field) for run in (armed, unarmed)]
        return Estimate.of_ratio(counts[0], counts[1], armed.design)

    return measure


def per_world(field: str) -> Measure:
    """Make the mean of a count, or of its conditional expectation, per world."""

    def measure(plays: Plays, world: World) -> Estimate:
        run = plays.reference(world)
        return Estimate.of(run.total(field) / np.array(run.size), run.design)

    return measure


# -- refitted -----------------------------------------------------------------------------------


def refitted(plays: Plays, world: World) -> Estimate:
    """Decisiveness m refitted on wars that were decided, by logistic regression with intercept.

    The engine's rows do not keep what sides committed, so agents replay some of the worlds.
    """
    kept = [each for each in plays.replays(world).fights if len(each) > 0]
    whole = np.concatenate(kept)
    if len(kept) < 2 or len(np.unique(whole[:, 1])) < 2:
        return Estimate.absent()
    n = len(kept)
    rest = [np.concatenate(kept[:k] + kept[k + 1 :]) for k in range(n)]
    pseudo = np.array([n * _slope(whole) - (n - 1) * _slope(each) for each in rest])
    return Estimate.of(pseudo, Design(worlds=n))


def _slope(fights: Floats) -> float:
    """Return the slope of log odds of winning in the log ratio of strengths."""
    from scipy.optimize import minimize

    ratio, won = fights.T

    def loss(fitted: Floats) -> float:
        return float(np.logaddexp(0.0, (1.0 - 2.0 * won) * (fitted[0] + fitted[1] * ratio)).sum())

    return float(minimize(loss, np.zeros(2), method="BFGS").x[1])


MEASURES: dict[str, Measure] = {
    "free_riding": free_riding(1.0),
    "free_riding_private": free_riding(0.0),
    "onset_relevant": onset_relevant,
    "onset_unrelated": onset_unrelated,
    "rivals_times": rivals_times,
    "neighbours_times": neighbours_times,
    "undecided": undecided,
    "wars_rival": wars_of("rival"),
    "wars_others": wars_of("land", "relevant", "unrelated"),
    "wars_land": wars_of("land"),
    "wars_relevant": wars_of("relevant"),
    "wars_unrelated": wars_of("unrelated"),
    "yielded": _share_of("backed_down", over=("resisted",)),
    "wars_of_disputes": _share_of("wars", over=("disputes",)),
    "resisted": _share_of("resisted", over=("disputes",)),
    "initiators_win": _share_of("won_by_challenger", over=_ENDS),
    "initiators_win_decided": _share_of("won_by_challenger", over=_ENDS[:2]),
    "stronger_wins": _share_of("decided_by_stronger", over=_ENDS[:2]),
    "refitted": refitted,
    "exhausted": _share_of("exhausted", over=_ENDS),
    "honoured": honoured("post-1945"),
    "honoured_strict": honoured("strict"),
    "force_short_of_war": _share_of("dispute_answered_force", over=("dispute_calls",)),
    "together": together,
    "bigger_less_reliable": less_reliable(MULTILATERAL, BILATERAL),
    "deterred": deterred,
    "conditional_involving": conditional("member_wars_involving"),
    "conditional_wars": conditional("wars_expected"),
    "unconditional_involving": unconditional("member_wars_involving"),
    "unconditional_wars": unconditional("wars_expected"),
    "covered": covered,
    "nuclear_wars": among_nuclear("wars_expected"),
    "nuclear_disputes": among_nuclear("disputes_expected"),
    "nuclear_signals": per_world("nuclear_signals"),
    "nuclear_settled": per_world("nuclear_settled"),
    "nuclear_uses": per_world("nuclear_uses_expected"),
    "median_months": median_months,
    "tail": tail,
    "selected": selected(),
    "selected_before_luck": selected(by="invoked_propensity"),
    "selected_bilateral": selected(*BILATERAL),
    "selected_multilateral": selected(*MULTILATERAL),
    "selected_nato": selected("NATO"),
    "selected_us_qatar": selected("US-QAT"),
}
"""Every measure by the name that the table of patterns calls it."""
