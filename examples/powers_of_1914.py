"""Do the pacts of 1914 deter the great powers, or draw them in?

Reads the user's own files of National Material Capabilities and of ATOP, builds the five great
powers of Europe on the first of July 1914, and plays a decade with every pact among them that ATOP
codes, and without the Franco-Russian one. Distances, rivalries and experience are judgements made
here, marked as such. Illustrative, not predictive.

    python powers_of_1914.py NMC-60-abridged.csv atop-alliance-level.csv atop-member-level.csv
"""

import sys
from datetime import date
from itertools import combinations

import alliancesim as al
from alliancesim.data.quantity import Quantity, Uniform
from alliancesim.data.state import Pair
from alliancesim.law import members_on
from alliancesim.scenario import Arm, Scenario

START = date(1914, 7, 1)
YEAR = 1913  # figures of 1914 hold the mobilisation of August, after the cutoff
POWERS = {
    "GBR": "the United Kingdom",
    "FRA": "France",
    "RUS": "Russia",
    "DEU": "Germany",
    "AUH": "Austria-Hungary",
}
# Kilometres between home borders, whether they touch, whether they are taken for open rivals.
PAIRS = {
    ("FRA", "DEU"): (0, True, True),
    ("DEU", "RUS"): (0, True, True),
    ("AUH", "RUS"): (0, True, True),
    ("AUH", "DEU"): (0, True, False),
    ("DEU", "GBR"): (400, False, True),
    ("FRA", "GBR"): (33, False, False),
    ("AUH", "FRA"): (350, False, False),
    ("FRA", "RUS"): (1000, False, False),
    ("AUH", "GBR"): (800, False, False),
    ("GBR", "RUS"): (1500, False, False),
}
JUDGED = "judgement of this example: read off a map of 1914, or common reading of the years before"


def judged(value, unit, low, high):
    """Return a judgement with a prior."""
    return Quantity(value, unit, 1914, JUDGED, "judgement", Uniform(low, high))


def pair(a, b):
    """Return what lies between two powers."""
    km, touching, rivals = PAIRS.get((a, b)) or PAIRS[b, a]
    a, b = sorted((a, b))
    return Pair(
        a,
        b,
        distance_km=judged(km, "km", 0.7 * km, 1.3 * km + 1),
        land_contiguous=touching,
        rivalry="open" if rivals else "none",
        relevant=True,
        dyad_years=0,
        onsets=0,
        source=JUDGED,
    )


def scenario(nmc_file, alliance_file, member_file):
    """Build the powers of 1914 from the files."""
    nmc = al.read_nmc(nmc_file, YEAR)
    atop = al.read_atop(alliance_file, member_file)
    pacts = [
        treaty for treaty in atop.treaties if len({*members_on(treaty, START)} & {*POWERS}) >= 2
    ]
    dual = [pact for pact in pacts if {"FRA", "RUS"} <= {*members_on(pact, START)}]
    standing = [pact.id for pact in pacts if pact not in dual]
    experience = judged(0.05, "share", 0.0, 0.1)
    return Scenario(
        name="powers-of-1914",
        title="The great powers of Europe in July 1914, with and without the Franco-Russian pact",
        cutoff=date(1914, 6, 30),
        start=START,
        reference="without",
        focus=("FRA", "RUS"),
        states=tuple(
            nmc.state(
                each,
                name=name,
                experience=experience,
                projection="sea" if each == "GBR" else "land",
            )
            for each, name in POWERS.items()
        ),
        pairs=tuple(pair(a, b) for a, b in combinations(POWERS, 2)),
        treaties=tuple(pacts),
        standing=tuple(standing),
        arms=(
            Arm("without", "Every pact that ATOP codes but the Franco-Russian one"),
            Arm("with", "Every pact that ATOP codes", tuple(pact.id for pact in dual)),
        ),
        totals=nmc.world_totals(),
    )


def main(files, worlds=2000):
    """Print the powers' shares of the world, their pacts, and what the one pact changes."""
    nmc = al.read_nmc(files[0], YEAR)
    for each, name in POWERS.items():
        print(f"{name}: {nmc.cinc(each):.3f} of the world's capabilities (CINC)")
    played = scenario(*files)
    for treaty in played.treaties:
        print(f"{treaty.id}: {', '.join(sorted({*members_on(treaty, START)} & {*POWERS}))}")
    print(al.compare(played, worlds=worlds, worlds_per_draw=8))


if __name__ == "__main__":
    main(sys.argv[1:4], *(int(each) for each in sys.argv[4:5]))
