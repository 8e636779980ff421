"""Set the free constants against the record, and keep the trace.

Run with ``python tools/calibrate.py``; it takes a quarter of an hour. A first pass over few
worlds finds the region, a second over four times as many settles in it. The third, with another
seed, moves the two constants of answers alone against the shares of allies that come: calls are
few in the SMDA world, so that these shares are known least. The fourth sets the strict preset's
intercept. Of each pass the best evaluation is kept. The trace is
``docs/_static/calibration.csv``, a row an evaluation; the values that it prints stand in the
catalogue, marked *calibrated*, and a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from alliancesim.validation.calibration import FREE, FREE_STRICT, STRICT, TARGETS, calibrate

TRACE = Path(__file__).parents[1] / "docs" / "_static" / "calibration.csv"
# Where the search starts: the best of some twenty sets of constants tried on the same objective.
START = {
    "audience_cost": 0.154,
    "cost_base": 0.388,
    "cost_base_rival": 0.184,
    "draw_weight": 1.9,
    "initiator_advantage": 0.43,
    "term_distance": 0.13,
    "response_intercept": -6.2,
}

# Constants of how allies answer, and what the third pass sets them against.
ANSWERS = {name: FREE[name] for name in ("term_distance", "response_intercept")}
SHARES = tuple(target for target in TARGETS if target.pattern in ("P8", "P9"))


def main() -> None:
    """Calibrate, keep the trace, print the values."""
    coarse = calibrate(480, 0, 60, START, told, step=0.08)
    fine = calibrate(1920, 0, 36, coarse.values, told, step=0.03)
    last = calibrate(1920, 1, 8, fine.values, told, free=ANSWERS, targets=SHARES, step=0.04)
    begin = last.values | {"response_intercept": -1.0}
    strict = calibrate(
        1920, 1, 8, begin, told, free=FREE_STRICT, targets=STRICT, preset="strict", step=0.05
    )
    passes = (coarse, fine, last, strict)
    traces = [found.trace.assign(**{"pass": n}) for n, found in enumerate(passes, start=1)]
    pd.concat(traces).drop(columns="s").round(4).to_csv(TRACE, index=False)
    for name, value in last.values.items():
        print(f"{name} = {value}")
    print(f"strict preset: response_intercept = {strict.values['response_intercept']}")


def told(row: dict[str, Any]) -> None:
    """Say how far off an evaluation is."""
    print(f"{row['worlds']:5,} worlds: {row['objective']:.3f}", flush=True)


if __name__ == "__main__":
    main()
