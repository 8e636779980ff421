"""Compare two members with three, and say which differences keep their sign over the priors.

Run with ``python examples/two_against_three.py [WORLDS]``. Illustrative, not predictive; the
three-member arm is hypothetical.
"""

from __future__ import annotations

import sys

import alliancesim as al

METRICS = (
    "focus_disputes_on_expected",
    "focus_wars_on_expected",
    "focus_wars_principal_expected",
    "wars_expected",
)
WORLDS_PER_DRAW = 8
CLEAR = 0.95


def main(worlds: int) -> None:
    comparison = al.compare(
        "smda",
        ["two-member", "three-member"],
        worlds=worlds,
        seed=1,
        worlds_per_draw=WORLDS_PER_DRAW,
    )
    print(f"{worlds:,} worlds in each arm; three-member minus two-member, per decade\n")
    for row in comparison.differences(METRICS).itertuples():
        print(f"{row.metric:32}{row.mean:+8.3f}  [{row.low:+.3f}, {row.high:+.3f}]  {verdict(row)}")
    print("\nIllustrative, not predictive. Turkey's accession is hypothetical.")


def verdict(row) -> str:
    if row.positive != row.positive:
        return "not told apart from sampling noise: play more worlds"
    sure = max(row.positive, 1 - row.positive)
    sign = "higher" if row.positive > 0.5 else "lower"
    if sure < CLEAR:
        return f"the sign depends on the priors ({sign} in {sure:.0%})"
    return f"{sign} over the priors ({sure:.0%})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
