"""Is South Korea attacked more often without its treaty with the United States?

Run with ``python examples/korea_with_and_without.py [WORLDS]``. Illustrative, not predictive; the
arm without the treaty is hypothetical.
"""

from __future__ import annotations

import sys

import alliancesim as al

METRICS = ("disputes_on_expected", "wars_on_expected")
WORLDS_PER_DRAW = 8


def main(worlds: int) -> None:
    comparison = al.compare(
        "korea", ["as-signed", "no-us-kor"], worlds=worlds, seed=1, worlds_per_draw=WORLDS_PER_DRAW
    )
    print(f"{worlds:,} worlds in each arm; without the treaty minus as signed, per decade\n")
    for row in comparison.differences(METRICS).itertuples():
        print(f"{row.metric:24}{row.focus:8}{row.mean:+8.3f}  [{row.low:+.3f}, {row.high:+.3f}]")
    print("\nIllustrative, not predictive. The arm without the treaty is hypothetical.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
