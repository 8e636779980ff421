"""Precision on request: blocks until a paired difference is known as closely as was asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reading import leading_moments, names_of_plan
from alliancesim.campaign.store import Store
from alliancesim.comparison.estimates import Contrast, chosen, contrast_of, focus_of
from alliancesim.comparison.precision import positive_width
from alliancesim.data.checks import whole_number
from alliancesim.errors import InvalidInput
from alliancesim.scenario.run_options import MOST_WORLDS
from alliancesim.stats.paired import Design
from alliancesim.stats.stopping import FEWEST_DRAWS, Look, look_at_draws

__all__ = ["play_until_precise"]


def play_until_precise(
    store: Store,
    plan: Plan,
    metric: str,
    width: float | None,
    *,
    contrast: Contrast | tuple[str, str] | None,
    focus: str | None,
    relative: bool,
    batch: int,
    most: int,
    play: Callable[[int], None],
) -> tuple[Look, ...]:
    """Play batches of blocks until a look lacks nothing; see `Campaign.play`.

    Parameters
    ----------
    play : callable
        Plays what is missing of the blocks below a number.
    """
    (known,) = chosen([metric], ())
    whose = focus_of(plan.scenario.focus, known, focus)
    pair = contrast_of(plan.arms, plan.scenario.reference, contrast)
    asked = positive_width(0 if width is None else width)
    last = whole_number("most", most, 2, MOST_WORLDS) // plan.block
    if last * plan.draws < FEWEST_DRAWS:
        fewest = -(-FEWEST_DRAWS // plan.draws) * plan.block
        allowed = f"{fewest:,} or more: play never stops before {FEWEST_DRAWS} draws"
        raise InvalidInput(f"{most} worlds", where="most", allowed=allowed)
    looks: list[Look] = []
    step = plan.blocks(batch, "batch")
    arm, against = (plan.arms.index(name) for name in (pair.arm, pair.against))
    focus_states = names_of_plan(plan).focus
    spot = (focus_states.index(whose),) if whose else ()
    for stop in (*range(step, last, step), last):
        play(stop)
        paired = leading_moments(store, plan, stop, metric).paired(arm, against)
        draws = np.ascontiguousarray(paired.means[:, *spot])
        design = Design(stop * plan.block, plan.worlds_per_draw, 0, plan.priors)
        looks.append(look_at_draws(draws, design, asked, relative=bool(relative)))
        if not looks[-1].lacking:
            break
    return tuple(looks)
