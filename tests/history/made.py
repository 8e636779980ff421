"""A small made-up record: seven states, forty years, disputes drawn from known rates."""

from __future__ import annotations

import csv
from itertools import combinations

import numpy as np

from alliancesim.history._columns import NEEDED

STATES = {2: "USA", 200: "GBR", 220: "FRA", 255: "DEU", 365: "RUS", 710: "CHN", 740: "JPN"}
RIVALS = {(2, 365), (365, 710), (255, 365)}
LAND = {(220, 255), (365, 710), (255, 365)}
FIRST, LAST = 1950, 1989
RATES = {"rival": 0.25, "land": 0.05, "relevant": 0.02}


def write(path, columns, rows):
    """Write rows, of which a column that is not given is 0."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval=0)
        writer.writeheader()
        writer.writerows(rows)


def pair_class(pair):
    return "rival" if pair in RIVALS else "land" if pair in LAND else "relevant"


def pairs():
    for number, (a, b) in enumerate(combinations(sorted(STATES), 2)):
        yield {
            "ccode1": a,
            "ccode2": b,
            "start_year": FIRST,
            "end_year": LAST,
            "min_distance_km": 0 if (a, b) in LAND else 500 + 300 * number,
            "contiguity": int((a, b) in LAND),
            "rivalry": int((a, b) in RIVALS),
            "n_major": 1,
            "relevant": 1,
            "class": pair_class((a, b)),
        }


def disputes(drawn):
    number = 0
    for year in range(FIRST, LAST + 1):
        for pair in combinations(sorted(STATES), 2):
            if drawn.random() < RATES[pair_class(pair)]:
                number += 1
                yield {
                    "dispute": number,
                    "start_year": year,
                    "dispute_war": 0,
                    "challenger_ccode": pair[0],
                    "target_ccode": pair[1],
                    "challenger_originator": 1,
                    "target_originator": 1,
                }


def calls(began, drawn):
    """Let the other five be called to each dispute; the near ones join more often."""
    for row in began:
        for ally in sorted(STATES):
            if ally in (row["challenger_ccode"], row["target_ccode"]):
                continue
            km = float(drawn.uniform(0, 9000))
            joined = int(drawn.random() < (0.4 if km < 2000 else 0.03))
            yield {
                "dispute": row["dispute"],
                "start_year": row["start_year"],
                "start_month": 6,
                "partner_side": "B",
                "partner_ccode": row["target_ccode"],
                "n_called": 5,
                "opponent_ccode": row["challenger_ccode"],
                "ally_ccode": ally,
                "n_partners": 1,
                "n_opponents": 1,
                "joined": joined,
                "joined_force": joined,
                "ally_cinc": 0.1,
                "joined_hostility": 4 * joined,
                "days_to_entry": 10 if joined else "",
                "km_ally_partner": km,
                "km_ally_opponent": km,
                "opponent_cinc": 0.1,
            }


def pacts():
    terms = {"obliged": 1, "protected": 1, "founder": 1, "effect_case": 1}
    blank = {"on_before": 1, "on_after": 1, "by_before": 1, "by_after": 0}
    control = {f"control_{name}": 1 for name in blank}
    for atopid, year, members in ((3001, 1955, (2, 200)), (3002, 1972, (255, 220))):
        for member in members:
            yield {
                "atopid": atopid,
                "member_ccode": member,
                "formed_year": year,
                "exit": "",
                "entry": f"{year}-05-01",
                "bilateral": 1,
                "conditional": int(year > 1960),
                **terms,
                **blank,
                **control,
            }


def folder(place, seed=0):
    """Write the tables of the record to a folder, capabilities among them; return it."""
    drawn = np.random.default_rng(seed)
    began = list(disputes(drawn))
    states = [
        {
            "ccode": code,
            "state": name,
            "name": name.title(),
            "region": "Somewhere",
            "kind": kind,
            "start": "1900-01-01",
            "end": "",
        }
        for code, name in STATES.items()
        for kind in (("member", "major") if code == 2 else ("member",))
    ]
    tables = {
        "states": states,
        "pairs": list(pairs()),
        "disputes": began,
        "pacts": list(pacts()),
        "calls": list(calls(began, drawn)),
    }
    place.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write(place / f"{name}.csv", NEEDED[name], rows)
    columns = ("ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
    share = 1 / len(STATES)
    capabilities = [
        {"ccode": code, "year": year, "cinc": share} | dict.fromkeys(columns[2:8], 1000 + code)
        for year in range(FIRST - 1, LAST + 1)
        for code in STATES
    ]
    write(place / "NMC-made-up.csv", columns, capabilities)
    return place
