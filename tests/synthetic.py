"""Outcomes made up for tests: arms that differ by a known amount."""

from __future__ import annotations

import numpy as np

from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import ADVERSARY, FOCUS, PAIR, WORLD

ARMS = ("no-smda", "two-member", "three-member")
MEMBERS = ("PAK", "SAU", "TUR")
STATES = (
    *("AFG", "ARE", "CHN", "EGY", "GRC", "IND", "IRN", "IRQ"),
    *("ISR", "PAK", "QAT", "SAU", "SYR", "TUR", "USA", "YEM"),
)


def tally(
    worlds=40,
    *,
    arms=ARMS,
    focus_states=MEMBERS,
    states=STATES,
    seed=1,
    first_world=0,
    worlds_per_draw=1,
    priors=True,
    months=120,
):
    """Return a run whose worlds depend on the seed and their number alone, as the engine's do."""
    whole = {
        level: [_world(seed, first_world + k, shape, dtype) for k in range(worlds)]
        for level, shape, dtype in (
            ("world", (len(arms),), WORLD),
            ("focus", (len(arms), len(focus_states)), FOCUS),
            ("adversary", (len(arms), len(focus_states), len(states)), ADVERSARY),
        )
    }
    empty = {"world": (len(arms),), "focus": (len(arms), len(focus_states))}
    empty["adversary"] = (*empty["focus"], len(states))
    dtypes = {"world": WORLD, "focus": FOCUS, "adversary": ADVERSARY}
    rows = {
        level: np.array(made, dtype=dtypes[level]).reshape(worlds, *empty[level])
        for level, made in whole.items()
    }
    pairs = (len(arms), len(states), len(states))
    first_draw = first_world // worlds_per_draw
    last_draw = (first_world + worlds - 1) // worlds_per_draw
    draws = np.zeros(
        last_draw - first_draw + 1 if priors else 1,
        [("insured_share", float), ("decisiveness", float)],
    )
    draws["insured_share"] = first_draw + np.arange(len(draws))
    return Tally(
        arms=arms,
        focus_states=focus_states,
        states=states,
        seed=seed,
        first_world=first_world,
        worlds=worlds,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
        pair_sum=np.full(pairs, worlds, dtype=PAIR),
        pair_square=np.full(pairs, worlds, dtype=PAIR),
        durations=np.full((len(arms), months + 1), worlds, dtype=np.int64),
        draws=draws,
        **rows,
    )


def played(arms, options, worlds=None):
    """Return made-up outcomes of a run, of so many of its worlds."""
    return tally(
        options.worlds if worlds is None else worlds,
        arms=arms,
        seed=options.seed,
        first_world=options.first_world,
        worlds_per_draw=options.worlds_per_draw,
        priors=options.priors,
    )


def _world(seed, world, shape, dtype):
    random_draw = np.random.default_rng([seed, world, len(dtype.names)])
    row = np.zeros(shape, dtype)
    for place, field in enumerate(dtype.names):
        common = random_draw.poisson(2 + place % 3)
        row[field] = common + random_draw.poisson(0.2, shape)
        if field in ("benefits", "loss_share"):
            row[field] /= 100
        if field.endswith("_expected"):
            row[field] += random_draw.uniform(size=shape)
    return row
