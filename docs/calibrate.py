"""Set the free constants against the record, and keep the trace.

Run with ``python docs/calibrate.py``; it takes some minutes. The trace goes to
``docs/_static/calibration.csv``, a row an evaluation; the values that it prints stand in the
catalogue, marked *calibrated*, and a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path

from alliancesim.validation.calibration import calibrate

TRACE = Path(__file__).parent / "_static" / "calibration.csv"
# Where the search starts: found by a coarse grid over the same constants, on the same objective.
START = {
    "audience_cost": 0.28,
    "cost_base": 0.30,
    "cost_base_rival": 0.222,
    "draw_weight": 1.8,
    "initiator_advantage": 0.47,
    "term_distance": 0.13,
    "response_intercept": -4.4,
}


def main() -> None:
    """Calibrate, keep the trace, print the values."""
    found = calibrate(480, 0, 36, START, lambda row: print(f"{row['objective']:.3f}"))
    found.trace.drop(columns="s").round(4).to_csv(TRACE, index=False)
    for name, value in found.values.items():
        print(f"{name} = {value}")


if __name__ == "__main__":
    main()
