"""A scenario held against the events of the months after its start: onsets, wars, answers.

The cases are few and hang together. The scores say how far a scenario was from what came, beside
forecasts that know less; they do not show that the model is right or wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.quantity import Quantity
from alliancesim.errors import InvalidInput
from alliancesim.history.scores import auc, brier, log_score
from alliancesim.narrative.wording import wrapped
from alliancesim.scenario import Scenario
from alliancesim.scenario.age import facts_known, months_between
from alliancesim.scenario.files import load
from alliancesim.validation.events import Event, answers, onsets, read_events, wars

__all__ = ["Answer", "EventScore", "Forecast", "score_events"]

Floats = NDArray[np.float64]

FREQUENT = 30.0
"""Factor on the rate of a pair whose calls for help are played, so that there are many."""
ANSWER_MONTHS = 24
LEVELS = 6
TOGETHER_DAYS = 7


@attrs.frozen
class Forecast:
    """Chances of an onset of every directed pair, scored.

    Parameters
    ----------
    name : str
        What it knows.
    log_score : float
        Sum over pairs of the logarithm of the chance given to what happened; 0 is the best.
    brier : float
        Mean squared error, 0 to 1; 0 is the best.
    expected : float
        Onsets expected in all.
    rank : float
        Chance that a pair with an onset was given more than one without (AUC); NaN where there is
        none of either.
    """

    name: str
    log_score: float
    brier: float
    expected: float
    rank: float


@attrs.frozen
class Answer:
    """What an ally did for a state that was attacked, and what the model gives.

    Parameters
    ----------
    challenger, target, ally : str
        Identifiers of states.
    seen : int
        The highest level coded in the window, 0 to 5.
    shares : tuple of float
        Share of the model's calls in which the ally answered at each level, 0 to 5.
    calls : int
        How many calls were played.
    """

    challenger: str
    target: str
    ally: str
    seen: int
    shares: tuple[float, ...]
    calls: int

    @property
    def log_score(self) -> float:
        """Logarithm of the chance of what was seen, half a call added to each level."""
        return math.log((self.shares[self.seen] * self.calls + 0.5) / (self.calls + 0.5 * LEVELS))


@attrs.frozen
class EventScore:
    """A scenario held against coded events.

    Parameters
    ----------
    scenario : Scenario
        What was played.
    arm : str
        In which arm.
    first, last : date
        The window.
    worlds, seed : int
        Worlds played, and the seed.
    forecasts : tuple of Forecast
        The scenario's, and those that know less.
    seen : dict of tuple to date
        The onsets, by challenger and target.
    chances : dict of tuple to float
        The chance that the scenario gave each onset.
    pairs : int
        Directed pairs scored.
    together : int
        Most onsets that began within a week of each other.
    wars_expected : float
        Wars expected between the scenario's states in the window.
    wars_seen : int
        Pairs between which a war began.
    answers : tuple of Answer
        Of allies of attacked states.
    left_out : int
        Onsets and answers that name a state which the scenario does not have.
    """

    scenario: Scenario
    arm: str
    first: dt.date
    last: dt.date
    worlds: int
    seed: int
    forecasts: tuple[Forecast, ...]
    seen: dict[tuple[str, str], dt.date]
    chances: dict[tuple[str, str], float]
    pairs: int
    together: int
    wars_expected: float
    wars_seen: int
    answers: tuple[Answer, ...]
    left_out: int

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, fit for JSON."""
        seen = [
            {"challenger": c, "target": t, "day": str(day), "chance": self.chances[c, t]}
            for (c, t), day in self.seen.items()
        ]
        forecasts = [attrs.asdict(each) for each in self.forecasts]
        for each in forecasts:
            each["rank"] = each["rank"] if math.isfinite(each["rank"]) else None
        return {
            "note": "Few cases that hang together: no test of the model.",
            "scenario": self.scenario.name,
            "facts": facts_known(self.scenario),
            "arm": self.arm,
            "window": [str(self.first), str(self.last)],
            "worlds": self.worlds,
            "seed": self.seed,
            "pairs": self.pairs,
            "forecasts": forecasts,
            "onsets": seen,
            "together": self.together,
            "wars": {"expected": self.wars_expected, "pairs_seen": self.wars_seen},
            "answers": [
                attrs.asdict(each) | {"log_score": each.log_score} for each in self.answers
            ],
            "left_out": self.left_out,
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=1, allow_nan=False)

    def __str__(self) -> str:
        """Return the scores as tables, with what they cannot show."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from wrapped(
            f"{self.scenario.name}, arm {self.arm}, against events of {self.first} to {self.last}: "
            f"{self.worlds:,} worlds, seed {self.seed}"
        )
        yield ""
        head = f"{'log score':>10}{'Brier':>9}{'expected':>10}{'seen':>6}{'rank':>7}"
        yield f"  {'onsets of disputes':<52}{head}"
        for each in self.forecasts:
            rank = "–" if math.isnan(each.rank) else f"{each.rank:.2f}"
            numbers = f"{each.log_score:>10.1f}{each.brier:>9.4f}{each.expected:>10.2f}"
            yield f"  {each.name:<52}{numbers}{len(self.seen):>6}{rank:>7}"
        yield ""
        yield "  chance given to each onset seen"
        for (challenger, target), day in self.seen.items():
            chance = self.chances[challenger, target]
            yield f"  {challenger} on {target}, {day}: {100 * chance:.2g} %"
        yield ""
        atleast = -math.expm1(-self.wars_expected)
        yield from wrapped(
            f"  Wars: {self.wars_expected:.2f} expected, a chance of {100 * atleast:.0f} % of one "
            f"at least; between {self.wars_seen} pairs one began."
        )
        yield ""
        if self.answers:
            head = "answers of allies, % of calls at level"
            yield f"  {head:<42}{'0   1   2   3   4   5':>24}  seen"
        for answer in self.answers:
            name = f"{answer.ally} to {answer.target}, attacked by {answer.challenger}"
            shares = "".join(f"{100 * share:>4.0f}" for share in answer.shares)
            yield f"  {name:<42}{shares:>24}{answer.seen:>6}   ({answer.calls} calls)"
        yield ""
        yield from wrapped(
            f"{len(self.seen)} onsets of {self.pairs} directed pairs, of which {self.together} "
            "began within a week of each other: few cases, and not independent. Who coded the "
            "events, and whether the outcome was known, is for the file's author to say. An answer "
            "is the "
            "highest level of the whole window; the model gives one at once. A state that hosts "
            "the bases of a belligerent is not drawn in by its enemy in the model."
        )
        if self.left_out:
            yield from wrapped(f"{self.left_out} onsets or answers name states that it has not.")
        yield f"{facts_known(self.scenario)}."


def score_events(
    scenario: Scenario | str | Path,
    events: tuple[Event, ...] | str | Path,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    arm: str | None = None,
    worlds: int = 4000,
    answer_worlds: int = 20,
    seed: int = 0,
    **options: Any,
) -> EventScore:
    """Hold a scenario against events after its start.

    Onsets are scored as chances of one or more in the window, from the expected number of
    disputes of each directed pair, over as many months as the window has.

    Parameters
    ----------
    scenario : Scenario, str or path
        What to play.
    events : tuple of Event, str or path
        Events, or a file of them; see `alliancesim.validation.events.read_events`.
    first, last : date, optional
        The window; by default from the scenario's start to the end of the last month in which an
        event began, or its horizon.
    arm : str, optional
        The arm that came true; by default the last that is not hypothetical and played by default.
    worlds : int
        Worlds for onsets and wars, 2 or more.
    answer_worlds : int
        Worlds in which each called-on ally is watched, played by agents; 0 leaves answers out.
    seed : int
        0 to 2**64 - 1.
    **options
        Others of `alliancesim.compare`.

    Returns
    -------
    EventScore

    Raises
    ------
    InvalidInput
        If a file or argument cannot be used, or the window lies before the start or is empty.
    """
    from alliancesim.comparison.runner import play
    from alliancesim.scenario import RunOptions

    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    coded = events if isinstance(events, tuple) else read_events(events)
    window = _window(chosen, coded, first, last)
    played = _arm(chosen, arm)
    if not isinstance(answer_worlds, int) or answer_worlds < 0:
        raise InvalidInput(f"{answer_worlds!r}", where="answer_worlds", allowed="0 or more")
    given = RunOptions.paired(worlds=worlds, seed=seed, **options)
    months = months_between(window[0], window[1] + dt.timedelta(days=1))
    short = attrs.evolve(chosen, horizon_months=max(1, months))
    tally = play(short, (played,), given)
    plain = play(_without_factors(short), (played,), given)
    names = list(tally.states)
    known = set(names)
    every = onsets(coded, *window)
    seen = {pair: day for pair, day in every.items() if set(pair) <= known}
    off = ~np.eye(len(names), dtype=bool)
    happened = np.zeros((len(names), len(names)))
    for challenger, target in seen:
        happened[names.index(challenger), names.index(target)] = 1.0
    rates = _rates(tally)
    forecasts = _forecasts(rates[off], _rates(plain)[off], happened[off], chosen.name)
    chance = -np.expm1(-rates)
    told = answers(coded, *window)
    calls = {key: level for key, level in told.items() if set(key) <= known}
    calls = {key: level for key, level in calls.items() if (key[2], key[0]) not in seen}
    return EventScore(
        scenario=chosen,
        arm=played,
        first=window[0],
        last=window[1],
        worlds=tally.worlds,
        seed=seed,
        forecasts=forecasts,
        seen=seen,
        chances={(c, t): float(chance[names.index(c), names.index(t)]) for c, t in seen},
        pairs=int(off.sum()),
        together=_together(sorted(seen.values())),
        wars_expected=float((tally.pair_sum["wars_expected"][0] / tally.worlds).sum()),
        wars_seen=sum(pair <= known for pair in wars(coded, *window)),
        answers=tuple(_answered(chosen, played, calls, answer_worlds, seed)),
        left_out=len(every) - len(seen) + sum(not set(key) <= known for key in told),
    )


def _window(
    scenario: Scenario, events: tuple[Event, ...], first: dt.date | None, last: dt.date | None
) -> tuple[dt.date, dt.date]:
    start = scenario.start if first is None else first
    if last is None:
        days = [each.day for each in events if each.day >= start]
        if not days:
            raise InvalidInput(f"no event from {start} on", where="events", allowed="one or more")
        last = max(days)
    if start < scenario.start or last <= start:
        problem = f"{start} to {last}"
        raise InvalidInput(problem, where="window", allowed=f"days from {scenario.start} on")
    return start, last


def _together(days: list[dt.date]) -> int:
    """Return the most onsets that began within a week."""
    counts = [sum(0 <= (day - first).days < TOGETHER_DAYS for day in days) for first in days]
    return max(counts, default=0)


def _arm(scenario: Scenario, name: str | None) -> str:
    if name is not None:
        return scenario.arm(name).name
    real = [arm.name for arm in scenario.arms if not (arm.hypothetical or arm.on_request)]
    return real[-1] if real else scenario.reference


def _without_factors(scenario: Scenario) -> Scenario:
    pairs = tuple(
        attrs.evolve(pair, rate_multiplier_a=None, rate_multiplier_b=None)
        for pair in scenario.pairs
    )
    return attrs.evolve(scenario, pairs=pairs, common_shocks=())


def _rates(tally: Any) -> Floats:
    found: Floats = np.asarray(tally.pair_sum["disputes_expected"][0] / tally.worlds)
    return found


def _forecasts(rates: Floats, plain: Floats, happened: Floats, name: str) -> tuple[Forecast, ...]:
    n, total = len(rates), float(rates.sum())
    chances = {
        name: rates,
        "the same without any factor of its author": plain,
        "all pairs alike, as many in all": np.full(n, total / n),
        "all pairs alike, as many as were seen (hindsight)": np.full(n, happened.sum() / n),
    }
    return tuple(_scored(each, rate, happened) for each, rate in chances.items())


def _scored(name: str, rates: Floats, happened: Floats) -> Forecast:
    chance = -np.expm1(-rates)
    return Forecast(
        name=name,
        log_score=float(log_score(chance, happened).sum()),
        brier=float(brier(chance, happened).mean()),
        expected=float(rates.sum()),
        rank=auc(chance, happened),
    )


def _answered(
    scenario: Scenario, arm: str, seen: dict[tuple[str, str, str], int], worlds: int, seed: int
) -> Iterator[Answer]:
    """Yield what allies do where a pair's disputes are made frequent, beside what they did."""
    from alliancesim import agents

    if worlds == 0:
        return
    for challenger, target in dict.fromkeys((c, t) for c, t, _ in seen):
        made = _frequent(scenario, challenger, target)
        given = [
            event.facts["answers"]
            for world in range(worlds)
            for event in agents.replay(made, arm=arm, seed=seed, world=world).events
            if event.kind == "challenge"
            and (event.facts["challenger"], event.facts["target"]) == (challenger, target)
        ]
        for (c, t, ally), level in seen.items():
            if (c, t) == (challenger, target):
                levels = np.array([int(one.get(ally, 0)) for one in given], int)
                counts = np.bincount(levels, minlength=LEVELS)
                shares = tuple(float(each) for each in counts / max(1, len(given)))
                yield Answer(challenger, target, ally, level, shares, len(given))


def _frequent(scenario: Scenario, challenger: str, target: str) -> Scenario:
    often = Quantity(FREQUENT, "ratio", None, "so that there are many calls", "derived")
    never = Quantity(0.0, "ratio", None, "the other side begins none", "derived")
    pair = scenario.pair(challenger, target)
    sides = (often, never) if pair.a == challenger else (never, often)
    made = attrs.evolve(pair, rate_multiplier_a=sides[0], rate_multiplier_b=sides[1])
    pairs = tuple(made if each is pair else each for each in scenario.pairs)
    return attrs.evolve(scenario, pairs=pairs, horizon_months=ANSWER_MONTHS)
