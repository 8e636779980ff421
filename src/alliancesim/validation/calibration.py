"""Which values of the few free constants make the model show what history shows?

The constants that no source pins are set against the patterns P4 to P9, P18 and P19 by the
Nelder-Mead simplex of scipy. The comparison of pacts is no part of the objective, and neither the
scale of a challenge nor the insured share of a challenger's risk is free: they stay priors.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue
from alliancesim.data.priors import Normal, Uniform
from alliancesim.data.quantity import Parameter
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario
from alliancesim.validation.measures import MEASURES
from alliancesim.validation.patterns import DEFAULT_PRESET
from alliancesim.validation.runs import Plays

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    *("FREE", "FREE_STRICT", "STRICT", "TARGETS"),
    *("Calibration", "Target", "at", "calibrate", "moved"),
]


@attrs.frozen
class Target:
    """One number of the record that the constants are set against.

    Parameters
    ----------
    pattern, measure, world : str
        Its pattern, how it is measured, and in which world.
    aim, half : float
        Middle and half width of its band, in its own unit.
    """

    pattern: str
    measure: str
    world: str
    aim: float
    half: float


def _in_both(pattern: str, measure: str, aim: float, half: float) -> tuple[Target, Target]:
    generic, smda = (Target(pattern, measure, world, aim, half) for world in ("generic", "smda"))
    return generic, smda


TARGETS: tuple[Target, ...] = (
    *_in_both("P4", "undecided", 0.925, 0.075),
    *_in_both("P5", "wars_of_disputes", 0.035, 0.015),
    *_in_both("P18", "wars_rival", 0.0567, 0.0195),
    *_in_both("P18", "wars_others", 0.0067, 0.0050),
    *_in_both("P19", "yielded", 0.0224, 0.0115),
    *_in_both("P6", "initiators_win", 0.35, 0.05),
    *_in_both("P6", "initiators_win_decided", 0.60, 0.05),
    *_in_both("P7", "stronger_wins", 0.65, 0.05),
    *_in_both("P8", "honoured", 0.125, 0.025),
    Target("P9", "together", "generic", 0.30, 0.10),
)
"""Targets on the post-1945 preset; in the SMDA world P9 has too few pairs of calls to steer by."""
STRICT: tuple[Target, ...] = _in_both("P8", "honoured_strict", 0.675, 0.075)
"""Targets on the strict preset, which its intercept alone is set against."""

FREE: dict[str, tuple[float, float]] = {
    "audience_cost": (0.08, 0.40),
    "cost_base": (0.20, 0.45),
    "cost_base_rival": (0.12, 0.32),
    "draw_weight": (1.2, 2.2),
    "initiator_advantage": (0.40, 0.90),
    "term_distance": (0.1, 0.4),
    "response_intercept": (-8.0, -2.0),
}
"""The free constants, and the range in which they are looked for; that of the initiator's
advantage is one standard error either way of its estimate from the record."""
FREE_STRICT: dict[str, tuple[float, float]] = {"response_intercept": (-3.0, 2.0)}
"""The strict preset's intercept, and the range in which it is looked for."""


@attrs.frozen(eq=False)
class Calibration:
    """What came of a calibration.

    Parameters
    ----------
    values : dict of str to float
        The free constants.
    trace : pandas.DataFrame
        A row an evaluation: preset, worlds, the constants, each target's simulated value, the
        objective, seconds.
    worlds, seed : int
    """

    values: dict[str, float]
    trace: pd.DataFrame
    worlds: int
    seed: int


def moved(parameter: Parameter, value: float) -> Parameter:
    """Return a parameter at another value, its prior moved along with it.

    Raises
    ------
    InvalidInput
        If value or prior leave the range, or the prior is of a kind that cannot be moved.
    """
    prior, shift = parameter.prior, value - parameter.value
    if isinstance(prior, Uniform):
        prior = Uniform(prior.low + shift, prior.high + shift)
    elif isinstance(prior, Normal):
        ends = {"low": prior.low, "high": prior.high}
        if np.isclose(prior.mean - prior.low, prior.high - prior.mean):  # cut by its own spread
            ends = {name: end + shift for name, end in ends.items()}
        prior = attrs.evolve(prior, mean=prior.mean + shift, **ends)
    elif prior is not None:
        problem = f"its prior is a {type(prior).__name__}"
        raise InvalidInput(problem, where=parameter.name, allowed="uniform, normal, or none")
    return attrs.evolve(parameter, value=value, prior=prior, mark="calibrated")


def at(values: Mapping[str, float], scenario: Scenario) -> Scenario:
    """Return a scenario with the free constants at values, their priors moved along."""
    return attrs.evolve(
        scenario,
        parameters=tuple(
            moved(each, values[each.name]) if each.name in values else each
            for each in scenario.parameters
        ),
    )


def measured(
    values: Mapping[str, float], targets: tuple[Target, ...], worlds: int, seed: int, preset: str
) -> dict[str, float]:
    """Return each target's simulated value with the free constants at values."""
    sized = {
        "generic": Plays(worlds, seed, preset, partial(at, values)),
        "smda": Plays(2 * worlds, seed, preset, partial(at, values), longer=1),
    }
    return {
        f"{each.measure}, {each.world}": float(
            MEASURES[each.measure](sized[each.world], each.world).mean
        )
        for each in targets
    }


def distance(found: Mapping[str, float], targets: tuple[Target, ...]) -> float:
    """Sum of squares of each value's distance from the middle of its band, in half widths."""
    gaps = [(found[f"{t.measure}, {t.world}"] - t.aim) / t.half for t in targets]
    return float(np.sum(np.square(gaps)))


def calibrate(
    worlds: int = 480,
    seed: int = 0,
    evaluations: int = 60,
    start: Mapping[str, float] | None = None,
    told: Callable[[dict[str, Any]], object] | None = None,
    *,
    free: Mapping[str, tuple[float, float]] = FREE,
    targets: tuple[Target, ...] = TARGETS,
    preset: str = DEFAULT_PRESET,
    step: float = 0.1,
) -> Calibration:
    """Set free constants against patterns of history, from where the catalogue has them.

    Parameters
    ----------
    worlds : int
        Worlds of the generic world an evaluation; the SMDA world has twice as many. Every
        evaluation plays the same worlds with the same draws, so that the objective is a function.
    seed : int
        0 to 2**64 - 1.
    evaluations : int
        How often the constants are weighed at most.
    start : dict of str to float, optional
        Where to start, and where those stand that are not moved; the catalogue's values by default.
    told : callable, optional
        Told each row of the trace as it is made.
    free : dict of str to (float, float), optional
        Which of `FREE` are moved, and the range of each; all by default.
    targets : tuple of Target, optional
        What they are set against; P4 to P9, P18 and P19 by default.
    preset : str, optional
        On which preset; its own values give way to the constants.
    step : float, optional
        Edge of the first simplex, as a share of each range; downward if negative.

    Returns
    -------
    Calibration

    Raises
    ------
    InvalidInput
        If a constant is not one of those that are free.
    """
    if unknown := free.keys() - FREE.keys():
        problem = f"{', '.join(sorted(unknown))} may not be calibrated"
        raise InvalidInput(problem, where="free", allowed=", ".join(FREE))
    import pandas as pd
    from scipy.optimize import minimize

    low, high = np.array([*free.values()]).T
    default = {parameter.name: parameter.value for parameter in catalogue.parameters()}
    given = {name: default[name] for name in FREE} | dict(start or {})
    rows: list[dict[str, Any]] = []

    def at_position(position: NDArray[np.float64]) -> dict[str, float]:
        return given | dict(zip(free, (low + position * (high - low)).tolist(), strict=True))

    def weigh(position: NDArray[np.float64]) -> float:
        began = time.monotonic()
        values = at_position(position)
        found = measured(values, targets, worlds, seed, preset)
        objective, seconds = distance(found, targets), round(time.monotonic() - began, 1)
        of = {"preset": preset, "worlds": worlds}
        rows.append({**of, **values, **found, "objective": objective, "s": seconds})
        if told is not None:
            told(rows[-1])
        return objective

    first = (np.array([given[name] for name in free]) - low) / (high - low)
    simplex = np.vstack([first, *(first + step * row for row in np.eye(len(free)))])
    minimize(
        weigh, first, method="Nelder-Mead", bounds=[(0.0, 1.0)] * len(free),
        options={"initial_simplex": simplex, "maxfev": evaluations, "xatol": 0.01, "fatol": 0.05},
    )  # fmt: skip
    best = min(rows, key=lambda row: row["objective"])
    values = {name: round(best[name], 3) for name in given}
    return Calibration(values, pd.DataFrame(rows), worlds, seed)
